package dev.assay.ui.tabs;

import dev.assay.data.Dataset;
import dev.assay.data.Sample;
import dev.assay.ui.view.Pictures;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.scene.image.Image;

/**
 * Loads thumbnails and rows of a dataset in the background, what was asked for last first, so that what is in view
 * comes before what was scrolled past. Used on the JavaFX thread; answers come there.
 */
final class SampleLoader implements AutoCloseable {

    private static final int THREADS = 2;
    private static final int KEPT = 2000;

    /** So many values of a sample are shown as a row; a thousand whole ones need not fit into memory. */
    static final int MOST_VALUES = 200;

    /** A request that can be given up. */
    interface Request {
        /** Gives it up: it is not loaded any more, and never answered. */
        void cancel();
    }

    /**
     * What is kept of a sample.
     *
     * @param image its picture, or null
     * @param values its first values, at most {@link #MOST_VALUES}, when it has no picture, else null
     * @param label class index, -1 for none
     * @param problem why it could not be read, or null
     */
    record Loaded(Image image, float[] values, int label, Throwable problem) {}

    private final Dataset dataset;
    private final Deque<Runnable> waiting = new ConcurrentLinkedDeque<>();
    private final ThreadPoolExecutor pool;
    private final Map<Long, Loaded> cache =
            Collections.synchronizedMap(new LinkedHashMap<>(64, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Loaded> eldest) {
                    return size() > KEPT;
                }
            });
    private volatile boolean closed;

    SampleLoader(Dataset dataset) {
        this.dataset = dataset;
        pool = new ThreadPoolExecutor(
                THREADS,
                THREADS,
                5,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("thumbnails-", 1).factory());
        pool.allowCoreThreadTimeOut(true);
    }

    /** The sample if it is at hand, else null. */
    Loaded atHand(long index) {
        return cache.get(index);
    }

    /** Loads a sample. */
    Request load(long index, Consumer<Loaded> onLoaded) {
        AtomicBoolean wanted = new AtomicBoolean(true);
        Runnable job = () -> {
            if (!wanted.get() || closed) {
                return;
            }
            Loaded loaded = read(index);
            if (loaded.problem() == null) {
                cache.put(index, loaded);
            }
            Platform.runLater(() -> {
                if (wanted.get() && !closed) {
                    onLoaded.accept(loaded);
                }
            });
        };
        if (!closed) {
            waiting.addFirst(job);
            // The executor serves turns in order; a turn takes the newest job.
            pool.execute(this::takeTurn);
        }
        return () -> {
            wanted.set(false);
            waiting.remove(job);
        };
    }

    private void takeTurn() {
        Runnable newest = waiting.pollFirst();
        if (newest != null) {
            newest.run();
        }
    }

    private Loaded read(long index) {
        Loaded known = cache.get(index);
        if (known != null) {
            return known;
        }
        try {
            Sample sample = dataset.sample(index);
            Image image = sample.picture().map(p -> Pictures.fitting(p, SampleGrid.SIDE)).orElse(null);
            return new Loaded(image, image == null ? first(sample.values()) : null, sample.label(), null);
        } catch (Exception | LinkageError | OutOfMemoryError e) {
            return new Loaded(null, null, -1, e);
        }
    }

    private static float[] first(float[] values) {
        return values.length <= MOST_VALUES ? values : Arrays.copyOf(values, MOST_VALUES);
    }

    @Override
    public void close() {
        closed = true;
        waiting.clear();
        pool.getQueue().clear();
        pool.shutdown();
    }
}

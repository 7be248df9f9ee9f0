package dev.assay.analyses.nap;

import dev.assay.analysis.AnalysisException;
import dev.assay.compute.BitLayout;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * What one pass over a dataset leaves of each sample: its units' states as bits, its label and the network's decision.
 * Lives in files, so that memory does not grow with the number of samples. Any thread may write, and read after that.
 */
final class SampleStore implements AutoCloseable {

    /** Bytes of bits that are read in one go: large enough to stream, small enough for the cache. */
    private static final int BLOCK_BYTES = 1 << 18;

    private final BitLayout layout;
    private final FileChannel bits;
    private final FileChannel answers;
    private final Path bitsPath;
    private final Path answersPath;
    private final AtomicLong rows;

    private SampleStore(
            BitLayout layout, FileChannel bits, FileChannel answers, Path bitsPath, Path answersPath, long rows) {
        this.layout = layout;
        this.bits = bits;
        this.answers = answers;
        this.bitsPath = bitsPath;
        this.answersPath = answersPath;
        this.rows = new AtomicLong(rows);
    }

    /**
     * Consecutive samples.
     *
     * @param first index of the first one
     * @param rows how many
     * @param bits their words, {@code [rows][layout.words()]}
     * @param labels their classes by label, -1 for none; may be longer than {@code rows}
     * @param decisions their classes by the network; may be longer than {@code rows}
     */
    record Block(long first, int rows, MemorySegment bits, int[] labels, int[] decisions) {}

    /** Looks at blocks. */
    interface Visitor {
        void visit(Block block) throws AnalysisException;
    }

    /** Starts a store for a split, in place of an older one. */
    static SampleStore create(Path folder, String split, BitLayout layout) throws AnalysisException {
        return open(
                folder,
                split,
                layout,
                0,
                Set.of(
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.READ));
    }

    /**
     * Opens a finished store.
     *
     * @throws AnalysisException when its files are missing or not as long as that many samples are
     */
    static SampleStore open(Path folder, String split, BitLayout layout, long rows) throws AnalysisException {
        SampleStore store = open(folder, split, layout, rows, Set.of(StandardOpenOption.READ));
        try {
            if (store.bits.size() != rows * layout.words() * Long.BYTES
                    || store.answers.size() != rows * 2 * Integer.BYTES) {
                throw new AnalysisException(
                        "the stored activation states are damaged", store.bitsPath.toString(),
                        "run the analysis again");
            }
            return store;
        } catch (IOException e) {
            store.close();
            throw Artifacts.unreadable(store.bitsPath, e);
        } catch (AnalysisException e) {
            store.close();
            throw e;
        }
    }

    private static SampleStore open(
            Path folder, String split, BitLayout layout, long rows, Set<StandardOpenOption> options)
            throws AnalysisException {
        Path bitsPath = folder.resolve(split + ".bits");
        Path answersPath = folder.resolve(split + ".answers");
        FileChannel bits = null;
        try {
            bits = FileChannel.open(bitsPath, options);
            return new SampleStore(
                    layout, bits, FileChannel.open(answersPath, options), bitsPath, answersPath, rows);
        } catch (IOException e) {
            closeQuietly(bits);
            throw options.contains(StandardOpenOption.WRITE)
                    ? Artifacts.unwritable(bitsPath, e)
                    : Artifacts.unreadable(bitsPath, e);
        }
    }

    private static void closeQuietly(FileChannel channel) {
        if (channel != null) {
            try {
                channel.close();
            } catch (IOException e) {
                // Nothing was written through it, and the problem that led here is reported.
                return;
            }
        }
    }

    /** Number of samples. */
    long rows() {
        return rows.get();
    }

    /** Where units' bits lie. */
    BitLayout layout() {
        return layout;
    }

    /**
     * Writes samples at their place; several threads may write different ones at once.
     *
     * @param first index of the first one
     * @param words their words, from position to limit
     * @param labels classes by label, -1 for none
     * @param decisions classes by the network
     */
    void write(long first, ByteBuffer words, int count, int[] labels, int[] decisions) throws AnalysisException {
        ByteBuffer both = ByteBuffer.allocate(count * 2 * Integer.BYTES).order(ByteOrder.nativeOrder());
        for (int i = 0; i < count; i++) {
            both.putInt(labels[i]).putInt(decisions[i]);
        }
        write(bits, bitsPath, words, first * layout.words() * Long.BYTES);
        write(answers, answersPath, both.flip(), first * 2 * Integer.BYTES);
        rows.addAndGet(count);
    }

    private static void write(FileChannel channel, Path path, ByteBuffer buffer, long position)
            throws AnalysisException {
        try {
            long at = position;
            while (buffer.hasRemaining()) {
                at += channel.write(buffer, at);
            }
        } catch (IOException e) {
            throw Artifacts.unwritable(path, e);
        }
    }

    /** Visits all samples in order, block by block. A block is only valid during the visit. */
    void forEach(Visitor visitor) throws AnalysisException {
        Cursor cursor = new Cursor();
        long end = rows();
        for (long first = 0; first < end; first += cursor.blockRows) {
            visitor.visit(cursor.read(first, end));
        }
    }

    /**
     * Visits all samples, several blocks at once and in no particular order.
     *
     * @param threads how many at once, at least 1
     * @param visitors makes the visitor of each thread
     */
    void forEach(int threads, Supplier<Visitor> visitors) throws AnalysisException {
        AtomicLong next = new AtomicLong();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Runnable work = () -> {
            try {
                Cursor cursor = new Cursor();
                Visitor visitor = visitors.get();
                long end = rows();
                while (failure.get() == null) {
                    long first = next.getAndAdd(cursor.blockRows);
                    if (first >= end) {
                        return;
                    }
                    visitor.visit(cursor.read(first, end));
                }
            } catch (Throwable e) { // the border of the thread: handed to whoever waits
                failure.compareAndSet(null, e);
            }
        };
        long blocks = rows() * layout.words() * Long.BYTES / BLOCK_BYTES;
        int others = (int) Math.clamp(blocks, 0, threads - 1);
        try (ExecutorService pool = Executors.newCachedThreadPool(
                Thread.ofPlatform().name("evaluate ", 0).daemon().factory())) {
            for (int i = 0; i < others; i++) {
                pool.execute(work);
            }
            work.run();
        }
        ForwardPass.rethrow(failure.get());
    }

    /** Buffers for reading blocks. */
    private final class Cursor {

        private final int rowBytes = layout.words() * Long.BYTES;
        private final int blockRows = (int) Math.clamp(Math.min(rows(), BLOCK_BYTES / rowBytes), 1, 1 << 16);
        private final ByteBuffer words = ByteBuffer.allocateDirect(Math.multiplyExact(blockRows, rowBytes));
        private final ByteBuffer both =
                ByteBuffer.allocateDirect(blockRows * 2 * Integer.BYTES).order(ByteOrder.nativeOrder());
        private final int[] labels = new int[blockRows];
        private final int[] decisions = new int[blockRows];

        Block read(long first, long end) throws AnalysisException {
            int count = (int) Math.min(blockRows, end - first);
            SampleStore.read(bits, bitsPath, words.clear().limit(count * rowBytes), first * rowBytes);
            SampleStore.read(
                    answers, answersPath, both.clear().limit(count * 2 * Integer.BYTES), first * 2 * Integer.BYTES);
            both.flip();
            for (int i = 0; i < count; i++) {
                labels[i] = both.getInt();
                decisions[i] = both.getInt();
            }
            return new Block(first, count, MemorySegment.ofBuffer(words.flip()), labels, decisions);
        }
    }

    /** One sample's words, label and decision. */
    Block row(long index) throws AnalysisException {
        if (index < 0 || index >= rows()) {
            throw new AnalysisException(
                    "there is no sample " + index + " among " + rows(), bitsPath.toString(), "choose another sample");
        }
        int rowBytes = layout.words() * Long.BYTES;
        ByteBuffer words = ByteBuffer.allocateDirect(rowBytes);
        ByteBuffer both = ByteBuffer.allocateDirect(2 * Integer.BYTES).order(ByteOrder.nativeOrder());
        read(bits, bitsPath, words, index * rowBytes);
        read(answers, answersPath, both, index * 2 * Integer.BYTES);
        both.flip();
        return new Block(
                index, 1, MemorySegment.ofBuffer(words.flip()), new int[] {both.getInt()}, new int[] {both.getInt()});
    }

    private static void read(FileChannel channel, Path path, ByteBuffer buffer, long position)
            throws AnalysisException {
        try {
            long at = position;
            while (buffer.hasRemaining()) {
                int n = channel.read(buffer, at);
                if (n < 0) {
                    throw new AnalysisException(
                            "the stored activation states end too early", path.toString(), "run the analysis again");
                }
                at += n;
            }
        } catch (IOException e) {
            throw Artifacts.unreadable(path, e);
        }
    }

    /** Closes and removes it: without the counts of a whole pass nothing can be made of it. */
    void discard() throws AnalysisException {
        close();
        for (Path path : List.of(bitsPath, answersPath)) {
            try {
                Files.deleteIfExists(path);
            } catch (IOException e) {
                throw Artifacts.unwritable(path, e);
            }
        }
    }

    @Override
    public void close() {
        closeQuietly(bits);
        closeQuietly(answers);
    }
}

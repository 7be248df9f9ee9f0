package dev.assay.ui.tabs;

import dev.assay.analysis.InputException;
import dev.assay.data.BatchReader;
import dev.assay.data.Dataset;
import dev.assay.ui.Texts;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** The classes of all samples, found by reading the dataset once. */
final class SampleLabels {

    private static final int BATCH_BYTES = 1 << 22;

    private SampleLabels() {}

    /**
     * Reads the labels of all samples. Called in the background.
     *
     * @param onProgress given the number of samples read so far
     * @param cancelled asked between batches
     * @return the class of each sample, -1 for none; null when it was cancelled
     * @throws InputException when the dataset cannot be read, or has too many samples to show
     */
    static int[] read(Dataset dataset, LongConsumer onProgress, BooleanSupplier cancelled) throws InputException {
        if (dataset.size() > Integer.MAX_VALUE - 8) {
            throw new InputException(
                    Texts.of("samples.too.many"), dataset.name(), Texts.of("samples.too.many.mend"));
        }
        int[] labels = new int[(int) dataset.size()];
        int width = Arrays.stream(dataset.sampleShape()).reduce(1, Math::multiplyExact);
        int batch = Math.clamp(BATCH_BYTES / Math.max(1, 4L * width), 1, 4096);
        FloatBuffer samples = ByteBuffer.allocateDirect(Math.multiplyExact(4 * batch, width))
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        int[] some = new int[batch];
        int at = 0;
        try (BatchReader reader = dataset.read(0, batch)) {
            for (int n = reader.next(samples, some); n > 0; n = reader.next(samples, some)) {
                if (cancelled.getAsBoolean()) {
                    return null;
                }
                System.arraycopy(some, 0, labels, at, Math.min(n, labels.length - at));
                at += n;
                onProgress.accept(at);
                samples.clear();
            }
        }
        return Arrays.copyOf(labels, Math.min(at, labels.length));
    }
}

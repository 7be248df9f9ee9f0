package dev.assay.data.source;

import dev.assay.analysis.result.Picture;
import java.nio.ByteBuffer;
import java.util.Optional;

/** What stored samples look like. */
final class Pictures {

    private static final int LARGEST_SIDE = 1 << 14;

    private Pictures() {}

    /**
     * A stored sample as a picture: bytes as they are; other values from 0 (or the least, when negative) to 1, 255 or
     * the greatest, whichever is the first that holds them all. Four channels lose the last (opacity).
     *
     * @return empty when samples are no images of 1, 3 or 4 channels
     */
    static Optional<Picture> of(Preprocessing preprocessing, ByteBuffer stored) {
        int channels = preprocessing.channels();
        int height = preprocessing.height();
        int width = preprocessing.width();
        StoredForm form = preprocessing.form();
        boolean drawable = channels == 1 || channels == 3 || channels == 4;
        if (form.image() == ImageOrder.NONE || !drawable || height > LARGEST_SIDE || width > LARGEST_SIDE) {
            return Optional.empty();
        }
        float[] values = new float[form.values()];
        form.type().toFloats(stored, 0, values, 0, values.length);
        float low = 0;
        float high = 255;
        if (form.type() != ElementType.U8) {
            float greatest = Float.NEGATIVE_INFINITY;
            for (float value : values) {
                if (Float.isFinite(value)) {
                    low = Math.min(low, value);
                    greatest = Math.max(greatest, value);
                }
            }
            high = greatest <= 1 ? 1 : greatest > 64 && greatest <= 255 ? 255 : greatest;
        }
        int shown = channels == 1 ? 1 : 3;
        int area = height * width;
        byte[] pixels = new byte[area * shown];
        for (int p = 0; p < area; p++) {
            for (int c = 0; c < shown; c++) {
                float value = form.image() == ImageOrder.HWC ? values[p * channels + c] : values[c * area + p];
                pixels[p * shown + c] = (byte) Math.round(255f * Math.clamp((value - low) / (high - low), 0f, 1f));
            }
        }
        return Optional.of(new Picture(width, height, shown, pixels));
    }
}

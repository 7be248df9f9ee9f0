package dev.assay.analyses.nap.verify;

import dev.assay.analysis.result.Picture;
import java.util.Arrays;
import java.util.Optional;

/** Draws inputs of a network as pictures, where their shape is one of a picture. */
final class InputPictures {

    private static final int LEAST_SQUARE = 64;

    private final int width;
    private final int height;
    private final int channels;

    private InputPictures(int width, int height, int channels) {
        this.width = width;
        this.height = height;
        this.channels = channels;
    }

    /** Pictures of inputs of that shape, channels first; a flat square is taken as grey. */
    static Optional<InputPictures> of(int[] shape) {
        int[] s = Arrays.stream(shape).filter(d -> d != 1).toArray();
        if (s.length == 3 && s[0] == 3) {
            return Optional.of(new InputPictures(s[2], s[1], 3));
        }
        if (s.length == 2) {
            return Optional.of(new InputPictures(s[1], s[0], 1));
        }
        int side = s.length == 1 ? (int) Math.round(Math.sqrt(s[0])) : 0;
        return s.length == 1 && s[0] >= LEAST_SQUARE && side * side == s[0]
                ? Optional.of(new InputPictures(side, side, 1))
                : Optional.empty();
    }

    /** The picture of values between two ends. */
    Picture draw(double[] x, double low, double high) {
        byte[] pixels = new byte[width * height * channels];
        for (int c = 0; c < channels; c++) {
            for (int p = 0; p < width * height; p++) {
                double share = (x[c * width * height + p] - low) / Math.max(high - low, 1e-300);
                pixels[p * channels + c] = (byte) Math.round(255 * Math.clamp(share, 0.0, 1.0));
            }
        }
        return new Picture(width, height, channels, pixels);
    }

    /** The picture of a difference: grey for none, brighter for more, scaled to the largest. */
    Picture difference(double[] a, double[] b) {
        double[] d = new double[a.length];
        double most = 1e-300;
        for (int i = 0; i < d.length; i++) {
            d[i] = a[i] - b[i];
            most = Math.max(most, Math.abs(d[i]));
        }
        return draw(d, -most, most);
    }
}

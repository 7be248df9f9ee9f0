package dev.assay.ui.tabs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.TensorInfo;
import org.junit.jupiter.api.Test;

class WeightImageTest {

    private static double[][] image(float[] values, int... shape) {
        return WeightImage.of(new TensorInfo("w", "float32", shape), values).orElseThrow().values();
    }

    @Test
    void ofABlockTheValueFarthestFromZeroIsShown() {
        float[] values = new float[400 * 2];
        values[2] = -3; // second row, of the first block of three
        values[4] = 2;
        assertThat(image(values, 400, 2)[0]).containsExactly(-3, 0);
    }

    @Test
    void whatIsNotFiniteStandsOut() {
        float[] values = new float[400 * 2];
        values[0] = Float.NaN;
        values[2] = 5;
        values[3] = Float.NEGATIVE_INFINITY;
        assertThat(image(values, 400, 2)[0]).containsExactly(Double.NaN, Double.NaN);
    }

    @Test
    void aRowOfWeightsIsNoImage() {
        assertThat(WeightImage.of(new TensorInfo("b", "float32", new int[] {8}), new float[8])).isEmpty();
        assertThat(WeightImage.of(new TensorInfo("e", "float32", new int[] {0, 8}), new float[0])).isEmpty();
    }
}

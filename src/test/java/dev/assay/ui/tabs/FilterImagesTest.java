package dev.assay.ui.tabs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.model.TensorInfo;
import dev.assay.text.Numbers;
import org.junit.jupiter.api.Test;

class FilterImagesTest {

    private static TensorInfo tensor(int... shape) {
        return new TensorInfo("w", "float32", shape);
    }

    private static float[] zeros(int n) {
        return new float[n];
    }

    @Test
    void kernelsOfAColourConvolutionAreColourPictures() {
        float[] values = zeros(2 * 3 * 3 * 3);
        values[0] = 1; // red, first pixel of the first kernel
        values[9] = -1; // green
        var grid = FilterImages.of(tensor(2, 3, 3, 3), values, new int[] {3, 32, 32}).orElseThrow();
        assertThat(grid.items()).hasSize(2);
        byte[] first = grid.items().getFirst().picture().pixels();
        assertThat(new int[] {first[0] & 0xff, first[1] & 0xff, first[2] & 0xff}).containsExactly(255, 0, 128);
    }

    @Test
    void unitsOfADenseLayerOverAFlatSquareImageArePictures() {
        var grid = FilterImages.of(tensor(256, 784), zeros(256 * 784), new int[] {784, 1}).orElseThrow();
        assertThat(grid.items()).hasSize(256);
        assertThat(grid.items().getFirst().picture().width()).isEqualTo(28);
    }

    @Test
    void weightsStoredInputFirstAreTurned() {
        float[] values = zeros(64 * 2);
        values[1] = 3; // input 0 to unit 1
        var grid = FilterImages.of(tensor(64, 2), values, new int[] {1, 8, 8}).orElseThrow();
        assertThat(grid.items().get(0).picture().pixels()[0] & 0xff).isEqualTo(128);
        assertThat(grid.items().get(1).picture().pixels()[0] & 0xff).isEqualTo(255);
    }

    @Test
    void weightsOverATableAreNoPictures() {
        assertThat(FilterImages.of(tensor(16, 30), zeros(480), new int[] {30})).isEmpty();
    }

    @Test
    void inputsNeitherFlatNorAnImageAreNoPictures() {
        assertThat(FilterImages.of(tensor(16, 64), zeros(1024), new int[] {4, 16})).isEmpty();
    }

    @Test
    void biasesAreNoPictures() {
        assertThat(FilterImages.of(tensor(784), zeros(784), new int[] {784})).isEmpty();
    }

    @Test
    void thatNotAllUnitsAreShownIsSaid() {
        var grid = FilterImages.of(tensor(2048, 64), zeros(2048 * 64), new int[] {64}).orElseThrow();
        assertThat(grid.items()).hasSize(1024);
        assertThat(grid.title().replace(Numbers.THIN_SPACE, " "))
                .isEqualTo("Weights of the first 1 024 of 2 048 units as pictures, w");
    }
}

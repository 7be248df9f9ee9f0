package dev.assay.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.Fit;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeFitTest {

    @ParameterizedTest
    @CsvSource({
        "1x28x28, 1x28x28",
        "1x28x28, 784x1",
        "1x28x28, 784",
        "784, 1x28x28",
        "28x28, 1x28x28",
        "5, 1x1x5",
        "3x32x32, 3x32x32",
    })
    void samplesThatComeInTheRightOrderFit(String sample, String input) {
        assertThat(fit(sample, input)).isEqualTo(Fit.yes());
    }

    @ParameterizedTest
    @CsvSource({
        "3x32x32, 1x28x28, '3x32x32 (3\u202f072 values), the network takes 1x28x28 (784 values)'",
        "3x32x32, 32x32x3, another order",
        "2x8, 4x4, not the same rows and columns",
    })
    void othersAreExplained(String sample, String input, String reason) {
        assertThat(fit(sample, input).fits()).isFalse();
        assertThat(fit(sample, input).reason()).contains(reason);
    }

    private static Fit fit(String sample, String input) {
        return ShapeFit.of(shape(sample), new TensorInfo("x", "float32", shape(input)));
    }

    private static int[] shape(String text) {
        return Arrays.stream(text.split("x")).mapToInt(Integer::parseInt).toArray();
    }

    @Test
    void scoresForEachClassAreAVector() {
        assertThat(new TensorInfo("y", "float32", new int[] {10}).isVector()).isTrue();
        assertThat(new TensorInfo("y", "float32", new int[] {10, 1, 1}).isVector()).isTrue();
        assertThat(new TensorInfo("y", "float32", new int[] {3, 8, 8}).isVector()).isFalse();
    }
}

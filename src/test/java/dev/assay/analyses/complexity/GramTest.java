package dev.assay.analyses.complexity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class GramTest {

    @Test
    void theBlasAndThePlainLoopAgree() {
        int n = 211;
        int d = 487;
        double[] vectors = new Random(5).doubles((long) n * d, -1, 1).toArray();
        double[] gram = new double[n * n];
        gram[1] = 3;

        Pairs.add(vectors, n, d, gram);

        for (int i = 0; i < n; i += 13) {
            for (int j = 0; j < n; j += 7) {
                double dot = i == 0 && j == 1 ? 3 : 0;
                for (int k = 0; k < d; k++) {
                    dot += vectors[i * d + k] * vectors[j * d + k];
                }
                assertThat(gram[i * n + j]).as("(%d,%d)", i, j).isCloseTo(dot, within(1e-10));
            }
        }
    }
}

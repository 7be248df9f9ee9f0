package dev.assay.analyses.snr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.assay.compute.Kernels;
import dev.assay.compute.SquaredDistances;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Distances and retrieval against the golden values of the method. */
class RetrievalTest {

    private static final Path DIGITS = Path.of("../shared/data/digits8x8/digits.csv");
    private static Kernels kernels;
    private static SquaredDistances kernel;

    @BeforeAll
    static void open() {
        kernels = Kernels.cpu(2);
        kernel = kernels.get(SquaredDistances.class);
    }

    @AfterAll
    static void close() {
        kernels.close();
    }

    private static double[][] matrix(double[][] rows, Distance distance) {
        PreparedRows prepared = Golden.prepared(rows, distance.form());
        Retrieval retrieval = new Retrieval(prepared, new int[rows.length]);
        double[][] matrix = new double[rows.length][rows.length];
        double[] buffer = new double[retrieval.bufferLength()];
        for (int i = 0; i < rows.length; i++) {
            retrieval.distances(distance, kernel, i, matrix[i], buffer, () -> {});
            matrix[i][i] = 0;
        }
        return matrix;
    }

    private static void assertMatrix(double[][] found, double[][] expected) {
        for (int i = 0; i < expected.length; i++) {
            assertThat(found[i]).as("row " + i).containsExactly(expected[i], within(1e-8));
        }
    }

    @Test
    void theQueryIsTheAnchorOfItsRow() {
        assertMatrix(matrix(Golden.A, Distance.SNR_QUERY), new double[][] {
            {0, 1, 6.25, 3}, {1 / 3.0, 0, 3.25, 4 / 3.0}, {25 / 9.0, 13 / 3.0, 0, 7 / 9.0}, {3, 4, 1.75, 0}
        });
        assertMatrix(matrix(Golden.B, Distance.SNR_QUERY), new double[][] {
            {0, 0.25, 2.8375, 2.5, 2.609375, 2.659375},
            {0.38461538, 0, 2.98076923, 2.23076923, 4.12980769, 5.66826923},
            {3.02666667, 2.06666667, 0, 0.68, 3.13, 5.15666667},
            {5, 2.9, 1.275, 0, 3.81875, 9.21875},
            {2.71986971, 2.79804560, 3.05863192, 1.99022801, 0, 1.06840391},
            {1.15155616, 1.59539919, 2.09336942, 1.99594046, 0.44384303, 0}
        });
    }

    @Test
    void theOtherAnchorIsTheTransposeAndTheMeanIsSymmetric() {
        double[][] query = matrix(Golden.B, Distance.SNR_QUERY);
        double[][] database = matrix(Golden.B, Distance.SNR_DATABASE);
        double[][] symmetric = matrix(Golden.B, Distance.SNR_SYMMETRIC);
        for (int i = 0; i < query.length; i++) {
            for (int j = 0; j < query.length; j++) {
                assertThat(database[i][j]).isEqualTo(query[j][i]);
                assertThat(symmetric[i][j]).isCloseTo((query[i][j] + query[j][i]) / 2, within(1e-12));
            }
        }
    }

    private static RetrievalMeans score(double[][] rows, int[] labels, Distance distance, List<Integer> ks)
            throws Exception {
        PreparedRows prepared = Golden.prepared(rows, distance.form());
        Retrieval retrieval = new Retrieval(prepared, labels);
        int[] cut = Retrieval.cut(ks, retrieval.candidates(distance));
        return RetrievalMeans.of(
                retrieval.score(distance, cut, 3, kernel, 2, () -> {}, n -> {}), cut, Singletons.COUNT);
    }

    @Test
    void neighboursComeInTheOrderOfTheMethod() throws Exception {
        assertThat(neighbours(Distance.SNR_QUERY)).isDeepEqualTo(new int[][] {
            {1, 3, 4, 5, 2}, {0, 3, 2, 4, 5}, {3, 1, 0, 4, 5}, {2, 1, 4, 0, 5}, {5, 3, 0, 1, 2}, {4, 0, 1, 3, 2}
        });
        assertThat(neighbours(Distance.SNR_DATABASE)).isDeepEqualTo(new int[][] {
            {1, 5, 4, 2, 3}, {0, 5, 2, 4, 3}, {3, 5, 0, 1, 4}, {2, 4, 5, 1, 0}, {5, 0, 2, 3, 1}, {4, 0, 2, 1, 3}
        });
    }

    private static int[][] neighbours(Distance distance) throws Exception {
        PreparedRows rows = Golden.prepared(Golden.B, distance.form());
        QueryScores[] scores = new Retrieval(rows, Golden.B_LABELS)
                .score(distance, new int[] {1}, 5, kernel, 1, () -> {}, n -> {});
        int[][] nearest = new int[scores.length][];
        for (int i = 0; i < scores.length; i++) {
            nearest[i] = scores[i].nearest();
        }
        return nearest;
    }

    @ParameterizedTest
    @CsvSource({
        "SNR_QUERY,    0, 0.5, 0.6666666667, 0.05, 0.4283333333, 0.1, 0.3, 0.25, 0.3666666667",
        "SNR_DATABASE, 0, 0.5, 0.5,          0.15, 0.4233333333, 0.3, 0.3, 0.15, 0.3333333333"
    })
    void aMemberAloneInItsClassMissesInRecallAndIsLeftOutElsewhere(
            Distance distance,
            double r1,
            double r2,
            double r3,
            double mapAtR,
            double map,
            double rPrecision,
            double map2Found,
            double map2Relevant,
            double map3Found)
            throws Exception {
        RetrievalMeans means = score(Golden.B, new int[] {0, 1, 0, 1, 2, 0}, distance, List.of(1, 2, 3));
        assertThat(new double[] {
            means.recallAt(1, TieRule.INDEX),
            means.recallAt(2, TieRule.INDEX),
            means.recallAt(3, TieRule.INDEX),
            means.mapAtR(),
            means.map(),
            means.rPrecision(),
            means.mapAtK()[1][MapDenominator.FOUND.ordinal()],
            means.mapAtK()[1][MapDenominator.RELEVANT.ordinal()],
            means.mapAtK()[2][MapDenominator.FOUND.ordinal()]
        })
                .containsExactly(
                        new double[] {r1, r2, r3, mapAtR, map, rPrecision, map2Found, map2Relevant, map3Found},
                        within(1e-9));
        assertThat(means.singletons()).isEqualTo(1);
    }

    @Test
    void searchingCodesLooksAtACancelForEveryQuery() throws Exception {
        long[][] words = new long[20][1];
        int[] looks = new int[1];

        HashRetrieval.of(
                new HashCodes(words, 8), new HashCodes(words.clone(), 8), (q, j) -> true, new int[] {1}, 2, 1,
                () -> looks[0]++);

        assertThat(looks[0]).isEqualTo(20);
    }

    @Test
    void tiesAreCountedByAllFourRules() throws Exception {
        double[][] line = new double[8][];
        double[] at = {0, 1, 2, 2, 3, 5, 6, 6};
        for (int i = 0; i < 8; i++) {
            line[i] = new double[] {at[i], 0};
        }
        int[] labels = {0, 0, 0, 1, 1, 1, 1, 2};
        RetrievalMeans means = score(line, labels, Distance.EUCLID, List.of(1, 2, 3));
        assertThat(means.recall()[0])
                .containsExactly(new double[] {0.375, 0.3333333333, 0.5, 0.125}, within(1e-9));
        assertThat(means.recall()[1]).containsExactly(new double[] {0.75, 0.75, 0.875, 0.625}, within(1e-9));
        assertThat(means.recall()[2]).containsExactly(new double[] {0.875, 0.875, 0.875, 0.875}, within(1e-9));
        assertThat(means.mapAtR()).isCloseTo(0.4960317460, within(1e-9));
        assertThat(means.map()).isCloseTo(0.6793650794, within(1e-9));
        assertThat(means.rPrecision()).isCloseTo(0.6428571429, within(1e-9));
        assertThat(means.mapAtK()[1])
                .containsExactly(new double[] {0.6428571429, 0.4166666667, 0.4642857143}, within(1e-9));
    }

    @Test
    void clustersAreScoredAsThePublishedFormulas() {
        ClusterScores scores = ClusterScores.of(
                new int[] {0, 0, 0, 1, 1, 1, 1, 2}, new int[] {0, 0, 0, 0, 1, 1, 2, 2}, 3, 3);
        assertThat(scores.information()).isCloseTo(0.5198603854, within(1e-9));
        assertThat(scores.nmi()).isCloseTo(0.5162375532, within(1e-9));
        assertThat(scores.nmiGeometric()).isCloseTo(0.5165099892, within(1e-9));
        assertThat(scores.precision()).isEqualTo(0.5);
        assertThat(scores.recall()).isCloseTo(4 / 9.0, within(1e-12));
        assertThat(scores.f1()).isCloseTo(0.4705882353, within(1e-9));
    }

    private record Digits(double[][] pixels, int[] labels) {

        static Digits read() throws Exception {
            assumeTrue(Files.exists(DIGITS), DIGITS + " is not there");
            List<String> lines = Files.readAllLines(DIGITS);
            double[][] pixels = new double[lines.size()][64];
            int[] labels = new int[lines.size()];
            for (int i = 0; i < labels.length; i++) {
                String[] cells = lines.get(i).split(",");
                for (int c = 0; c < 64; c++) {
                    pixels[i][c] = Double.parseDouble(cells[c]);
                }
                labels[i] = Integer.parseInt(cells[64]);
            }
            return new Digits(pixels, labels);
        }

        Digits withOffsets() {
            double[][] moved = new double[pixels.length][64];
            long x = 12345;
            for (int i = 0; i < moved.length; i++) {
                x = (1103515245L * x + 12345) % (1L << 31);
                for (int c = 0; c < 64; c++) {
                    moved[i][c] = pixels[i][c] + 64 * (x / (double) (1L << 31));
                }
            }
            return new Digits(moved, labels);
        }

        double recall(Distance distance) throws Exception {
            return score(pixels, labels, distance, List.of(1)).recallAt(1, TieRule.INDEX);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "EUCLID, 0.988313856, 0.910963",
        "COSINE, 0.988870339, 0.974402",
        "SNR_QUERY, 0.989426822, 0.989426822",
        "SNR_DATABASE, 0.986644407, 0.986644407"
    })
    void digitsAreFoundAsTheMethodComputed(Distance distance, double plain, double offset) throws Exception {
        Digits digits = Digits.read();
        assertThat(digits.recall(distance)).isCloseTo(plain, within(1e-9));
        assertThat(digits.withOffsets().recall(distance)).isCloseTo(offset, within(1e-6));
    }
}

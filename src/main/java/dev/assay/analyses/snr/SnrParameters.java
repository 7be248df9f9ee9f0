package dev.assay.analyses.snr;

import dev.assay.analysis.Parameter;
import java.util.List;
import java.util.stream.Stream;

/** Parameters of {@link SnrMetricLearning}; names and defaults are those of the method. */
public record SnrParameters(
        @Parameter(
                label = "Layer",
                help = "Layer whose output is the embedding, flattened; empty for the model's output.",
                suggested = true) String layer,
        @Parameter(
                label = "Distances",
                help = "What is scored. The first one is drawn as a matrix and histogram.") List<DistanceFamily> distances,
        @Parameter(
                label = "Anchor",
                help = "Who stands in the denominator of the SNR distance. Each is scored as a row of its own.") List<Anchor> anchor,
        @Parameter(
                label = "Threshold",
                help = "Pairs nearer than this in the first distance are called alike; move it to see how many are"
                        + " right.",
                min = "0",
                max = "4",
                live = true) double threshold,
        @Parameter(label = "Normalise rows", help = "Divide rows by their length first.") boolean normalize,
        @Parameter(
                label = "Epsilon",
                help = "Added to the variance in a denominator; with 0 constant rows are reported and left out.",
                min = "0",
                max = "1000",
                advanced = true) double eps,
        @Parameter(label = "K", help = "The K list of Recall@K and MAP@K.", min = "1", max = "1000000") List<Integer> k,
        @Parameter(
                label = "Ties",
                help = "How candidates at the distance of the K-th are counted in the value; the other three are given"
                        + " beside it.") TieRule ties,
        @Parameter(
                label = "Singletons",
                help = "Queries without another member of their class: counted as misses in Recall, or left out.") Singletons singletons,
        @Parameter(
                label = "MAP denominator",
                help = "What the precision sum of MAP@K is divided by in its curve; the table has all three.",
                advanced = true) MapDenominator mapDenominator,
        @Parameter(label = "Cluster", help = "k-means with as many clusters as classes, NMI and F1.") boolean clusters,
        @Parameter(label = "k-means starts", help = "The best of so many.", min = "1", max = "1000",
                advanced = true) int kmeansStarts,
        @Parameter(
                label = "k-means iterations",
                help = "Most iterations of a start.",
                min = "1",
                max = "10000",
                advanced = true) int kmeansIterations,
        @Parameter(
                label = "Neighbours",
                help = "Neighbours kept per query for the table and the wall.",
                min = "1",
                max = "1000") int neighbours,
        @Parameter(
                label = "Matrix limit",
                help = "Above this many rows the distance matrix, the asymmetry plot and the histogram use a seeded"
                        + " sample of that many rows.",
                min = "2",
                max = "5000",
                advanced = true) int matrixLimit,
        @Parameter(
                label = "Map",
                help = "How the embedding map is made. pca: the plane in which rows vary most. umap: neighbours stay"
                        + " neighbours, distances between groups say little; 3 s for 2,000 rows.") MapKind map) {

    /** The method's defaults. */
    public static SnrParameters defaults() {
        return new SnrParameters(
                "",
                List.of(DistanceFamily.values()),
                List.of(Anchor.QUERY),
                1,
                false,
                0,
                List.of(1, 2, 4, 8),
                TieRule.INDEX,
                Singletons.COUNT,
                MapDenominator.FOUND,
                true,
                10,
                20,
                8,
                2000,
                MapKind.PCA);
    }

    /** The distances to score, in order. */
    List<Distance> scored() {
        return distances.stream()
                .flatMap(family -> switch (family) {
                    case SNR -> anchor.stream().map(Anchor::distance);
                    case EUCLID -> Stream.of(Distance.EUCLID);
                    case COSINE -> Stream.of(Distance.COSINE);
                })
                .toList();
    }
}

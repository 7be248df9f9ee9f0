package dev.assay.analyses.snr;

import dev.assay.analysis.Parameter;
import dev.assay.analysis.ParameterProblem;
import dev.assay.analysis.ParameterSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Parameters of {@link SnrMetricLearning}; names and defaults are those of the method. */
public record SnrParameters(
        @Parameter(
                label = "Layer",
                help = "Layer whose output is the embedding, flattened; empty for the model's output.") String layer,
        @Parameter(
                label = "Distances",
                help = "snr, euclid, cosine. The first one is drawn as a matrix and histogram.") List<String> distances,
        @Parameter(
                label = "Anchor",
                help = "Who stands in the denominator of the SNR distance: query, database, symmetric. Each is scored"
                        + " as a row of its own.") List<String> anchor,
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
                        + " neighbours, distances between groups say little; 3 s for 2,000 rows.") MapKind map) implements ParameterSet.Checked {

    private static final Set<String> DISTANCES = Set.of("snr", "euclid", "cosine");
    private static final Set<String> ANCHORS = Set.of("query", "database", "symmetric");

    /** The method's defaults. */
    public static SnrParameters defaults() {
        return new SnrParameters(
                "",
                List.of("snr", "euclid", "cosine"),
                List.of("query"),
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

    @Override
    public List<ParameterProblem> problems() {
        List<ParameterProblem> problems = new ArrayList<>();
        check(problems, "distances", distances, DISTANCES, "snr, euclid, cosine");
        check(problems, "anchor", anchor, ANCHORS, "query, database, symmetric");
        return problems;
    }

    private static void check(
            List<ParameterProblem> problems, String name, List<String> values, Set<String> known, String names) {
        for (String value : values) {
            if (!known.contains(value)) {
                problems.add(new ParameterProblem(name, "'" + value + "' is not one of " + names));
            }
        }
        if (values.stream().distinct().count() < values.size()) {
            problems.add(new ParameterProblem(name, "a value is given twice"));
        }
    }

    /** The distances to score, in order. */
    List<Distance> scored() {
        List<Distance> scored = new ArrayList<>();
        for (String distance : distances) {
            switch (distance) {
                case "euclid" -> scored.add(Distance.EUCLID);
                case "cosine" -> scored.add(Distance.COSINE);
                default -> {
                    for (String side : anchor) {
                        scored.add(switch (side) {
                            case "database" -> Distance.SNR_DATABASE;
                            case "symmetric" -> Distance.SNR_SYMMETRIC;
                            default -> Distance.SNR_QUERY;
                        });
                    }
                }
            }
        }
        return scored;
    }
}

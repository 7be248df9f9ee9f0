package dev.assay.chart;

import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Dendrogram;
import dev.assay.analysis.result.Distribution;
import dev.assay.analysis.result.GraphPicture;
import dev.assay.analysis.result.Heatmap;
import dev.assay.analysis.result.Ranking;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scatter;

/** Makes charts of results. Needs no display; may be used on any thread but that of the window, which must not wait. */
public final class ResultCharts {

    private ResultCharts() {}

    /** Makes charts of one result, in whatever size and view. Keeps what is costly to find out anew. */
    public interface Source {

        /**
         * A chart.
         *
         * @param width width in pixels, at least 1
         * @param height height in pixels, at least 1
         */
        Chart chart(ChartView view, int width, int height);
    }

    /** Whether there is a chart for this kind of result. */
    public static boolean supports(Result result) {
        return result instanceof Curve
                || result instanceof Distribution
                || result instanceof Heatmap
                || result instanceof Scatter
                || result instanceof Ranking
                || result instanceof GraphPicture
                || result instanceof Dendrogram;
    }

    /**
     * The source of a result's charts. Cheap; costly work waits for the first chart.
     *
     * @throws IllegalArgumentException for a kind of result that has no chart
     */
    public static Source source(Result result) {
        return switch (result) {
            case Curve r -> (view, width, height) -> CurveChart.of(r, view, width, height);
            case Distribution r -> (view, width, height) -> DistributionChart.of(r, view, width, height);
            case Heatmap r -> (view, width, height) -> HeatmapChart.of(r, view, width, height);
            case Scatter r -> (view, width, height) -> ScatterChart.of(r, view, width, height);
            case Ranking r -> (view, width, height) -> RankingChart.of(r, view, width, height);
            case GraphPicture r -> new GraphChart(r);
            case Dendrogram r -> (view, width, height) -> DendrogramChart.of(r, view, width, height);
            default -> throw new IllegalArgumentException(
                    "no chart for a " + result.getClass().getSimpleName());
        };
    }

    /** A chart of a result, as {@link Source#chart}. */
    public static Chart chart(Result result, ChartView view, int width, int height) {
        return source(result).chart(view, width, height);
    }
}

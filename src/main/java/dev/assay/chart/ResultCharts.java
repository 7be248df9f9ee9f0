package dev.assay.chart;

import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Result;

/** Makes charts of results. Needs no display; may be used on any thread but that of the window, which must not wait. */
public final class ResultCharts {

    private ResultCharts() {}

    /** Whether there is a chart for this kind of result. */
    public static boolean supports(Result result) {
        return result instanceof Curve;
    }

    /**
     * A chart of a result.
     *
     * @param width width in pixels, at least 1
     * @param height height in pixels, at least 1
     * @throws IllegalArgumentException for a kind of result that has no chart
     */
    public static Chart chart(Result result, ChartView view, int width, int height) {
        return switch (result) {
            case Curve curve -> CurveChart.of(curve, view, width, height);
            default -> throw new IllegalArgumentException(
                    "no chart for a " + result.getClass().getSimpleName());
        };
    }
}

package dev.assay.ui.chart;

/** Hears of a line that the user moves across a chart. */
@FunctionalInterface
public interface CursorHandler {

    /**
     * The line is at another value.
     *
     * @param parameter name of the live parameter that follows it
     * @param value value of the line's axis
     */
    void moved(String parameter, double value);
}

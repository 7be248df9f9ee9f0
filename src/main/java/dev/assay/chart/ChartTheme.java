package dev.assay.chart;

/** Light or dark, for charts and the window. */
public enum ChartTheme {
    /** Dark ink on a light ground. */
    LIGHT,
    /** Light ink on a dark ground. */
    DARK
}

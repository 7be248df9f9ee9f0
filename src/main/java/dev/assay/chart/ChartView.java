package dev.assay.chart;

import java.util.Set;

/**
 * How a chart is looked at: everything that is not the result itself. Immutable; ranges are positions along the axis,
 * which on a logarithmic axis are decimal logarithms.
 *
 * @param theme light or dark
 * @param subtitle the muted line under the title, may be empty
 * @param x the part of the x axis that is shown, or null for all
 * @param y the part of the y axis that is shown, or null for all
 * @param xLog whether x is logarithmic, or null for what the result says
 * @param yLog whether y is logarithmic, or null for what the result says
 * @param hidden names of series that are not drawn
 * @param highlighted name of the series that stands out, or null
 * @param live whether data still grow: the axes then end at round numbers
 * @param xAtLeast a range that a live x axis never falls short of, or null
 * @param yAtLeast a range that a live y axis never falls short of, or null
 * @param colours colours by name of series
 * @param mostMarks number of points above which a scatter is drawn as a density
 * @param titleInset pixels to the right of title and subtitle that others use
 * @param order order of the rows and columns of a matrix
 */
public record ChartView(
        ChartTheme theme,
        String subtitle,
        Span x,
        Span y,
        Boolean xLog,
        Boolean yLog,
        Set<String> hidden,
        String highlighted,
        boolean live,
        Span xAtLeast,
        Span yAtLeast,
        SeriesColours colours,
        int mostMarks,
        int titleInset,
        MatrixOrder order) {

    /** Points that a scatter draws one by one on the screen. */
    public static final int MARKS_ON_SCREEN = 100_000;

    /** Points that a scatter draws one by one in a vector file. */
    public static final int MARKS_IN_FILES = 20_000;

    /** Copies the set. */
    public ChartView {
        hidden = Set.copyOf(hidden);
    }

    /** The whole of a result, as on the screen. */
    public static ChartView of(ChartTheme theme, String subtitle) {
        return new ChartView(
                theme, subtitle, null, null, null, null, Set.of(), null, false, null, null, new SeriesColours(),
                MARKS_ON_SCREEN, 0, MatrixOrder.GIVEN);
    }

    /** In another theme. */
    public ChartView withTheme(ChartTheme to) {
        return new ChartView(
                to, subtitle, x, y, xLog, yLog, hidden, highlighted, live, xAtLeast, yAtLeast, colours, mostMarks,
                titleInset, order);
    }

    /** With another line under the title. */
    public ChartView withSubtitle(String to) {
        return new ChartView(
                theme, to, x, y, xLog, yLog, hidden, highlighted, live, xAtLeast, yAtLeast, colours, mostMarks,
                titleInset, order);
    }

    /** Zoomed to these ranges; null for all. */
    public ChartView withRanges(Span toX, Span toY) {
        return new ChartView(
                theme, subtitle, toX, toY, xLog, yLog, hidden, highlighted, live, xAtLeast, yAtLeast, colours,
                mostMarks, titleInset, order);
    }

    /** With these scales; null for what the result says. */
    public ChartView withLog(Boolean toX, Boolean toY) {
        return new ChartView(
                theme, subtitle, x, y, toX, toY, hidden, highlighted, live, xAtLeast, yAtLeast, colours, mostMarks,
                titleInset, order);
    }

    /** Without these series. */
    public ChartView withHidden(Set<String> to) {
        return new ChartView(
                theme, subtitle, x, y, xLog, yLog, to, highlighted, live, xAtLeast, yAtLeast, colours, mostMarks,
                titleInset, order);
    }

    /** With that series standing out; null for none. */
    public ChartView withHighlighted(String to) {
        return new ChartView(
                theme, subtitle, x, y, xLog, yLog, hidden, to, live, xAtLeast, yAtLeast, colours, mostMarks, titleInset,
                order);
    }

    /** Live or not, with ranges that a live axis never falls short of. */
    public ChartView withLive(boolean to, Span leastX, Span leastY) {
        return new ChartView(
                theme, subtitle, x, y, xLog, yLog, hidden, highlighted, to, leastX, leastY, colours, mostMarks,
                titleInset, order);
    }

    /** With colours shared with other charts. */
    public ChartView withColours(SeriesColours to) {
        return new ChartView(
                theme, subtitle, x, y, xLog, yLog, hidden, highlighted, live, xAtLeast, yAtLeast, to, mostMarks,
                titleInset, order);
    }

    /** Drawing at most that many points one by one. */
    public ChartView withMostMarks(int to) {
        return new ChartView(
                theme, subtitle, x, y, xLog, yLog, hidden, highlighted, live, xAtLeast, yAtLeast, colours, to,
                titleInset, order);
    }

    /** Leaving room to the right of title and subtitle. */
    public ChartView withTitleInset(int to) {
        return new ChartView(
                theme, subtitle, x, y, xLog, yLog, hidden, highlighted, live, xAtLeast, yAtLeast, colours, mostMarks,
                to,
                order);
    }

    /** With the rows and columns of a matrix in that order. */
    public ChartView withOrder(MatrixOrder to) {
        return new ChartView(
                theme, subtitle, x, y, xLog, yLog, hidden, highlighted, live, xAtLeast, yAtLeast, colours, mostMarks,
                titleInset, to);
    }
}

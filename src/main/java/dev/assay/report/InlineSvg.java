package dev.assay.report;

import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Distribution;
import dev.assay.analysis.result.Ranking;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scatter;
import dev.assay.chart.ChartFiles;
import dev.assay.chart.ChartPalette;
import dev.assay.chart.ChartTheme;
import dev.assay.chart.ChartView;
import dev.assay.chart.ResultCharts;
import dev.assay.chart.SeriesColours;
import java.awt.Color;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Charts as SVG inside a page that is light or dark. Lines and marks take the page's colours; a chart with inks chosen for
 * the ground below them, or with a picture in it, is drawn once for each theme.
 */
final class InlineSvg {

    private static final int WIDTH = 720;
    private static final int HEIGHT = 420;
    private static final Pattern TAG = Pattern.compile("<[^>]++>");

    private final SeriesColours colours;
    private int count;

    /**
     * Charts of a page.
     *
     * @param colours shared by all charts of the report
     */
    InlineSvg(SeriesColours colours) {
        this.colours = colours;
    }

    /** The chart's elements. */
    String of(Result result, String setting) throws IOException {
        String light = svg(result, setting, ChartTheme.LIGHT);
        boolean plain = result instanceof Curve
                || result instanceof Scatter
                || result instanceof Distribution
                || result instanceof Ranking;
        if (plain && !light.contains("<image")) {
            return coloured(light);
        }
        return "<div class=\"only-light\">" + light + "</div><div class=\"only-dark\">"
                + svg(result, setting, ChartTheme.DARK) + "</div>";
    }

    private String svg(Result result, String setting, ChartTheme theme) throws IOException {
        ChartView view = ChartView.of(theme, setting).withColours(colours).withMostMarks(ChartView.MARKS_IN_FILES);
        String svg = ChartFiles.svg(ResultCharts.chart(result, view, WIDTH, HEIGHT));
        // All charts of a page share one space of names.
        String prefix = "c" + count++ + "-";
        return inTags(svg, tag -> tag.replace(" id=\"", " id=\"" + prefix)
                .replace("url(#", "url(#" + prefix)
                .replace("href=\"#", "href=\"#" + prefix)
                .replace(" xml:space=\"preserve\"", ""))
                .replaceFirst(" width=\"" + WIDTH + "\"", "")
                .replaceFirst(" height=\"" + HEIGHT + "\"", "");
    }

    /** Changes what is between angle brackets: a name in a chart may look like an attribute. */
    private static String inTags(String svg, UnaryOperator<String> change) {
        return TAG.matcher(svg).replaceAll(tag -> Matcher.quoteReplacement(change.apply(tag.group())));
    }

    private static String coloured(String svg) {
        return inTags(svg, InlineSvg::colouredTag);
    }

    private static String colouredTag(String tag) {
        String changed = tag.replace("=\"white\"", "=\"var(--chart-background)\"");
        for (Map.Entry<String, Color> colour : structure(ChartTheme.LIGHT).entrySet()) {
            Color c = colour.getValue();
            changed = changed.replace(
                    "=\"rgb(" + c.getRed() + "," + c.getGreen() + "," + c.getBlue() + ")\"",
                    "=\"var(--chart-" + colour.getKey() + ")\"");
        }
        return changed;
    }

    /** The colours that change with the theme, by name. */
    static Map<String, Color> structure(ChartTheme theme) {
        ChartPalette palette = ChartPalette.of(theme);
        Map<String, Color> colours = new LinkedHashMap<>();
        colours.put("background", palette.background());
        colours.put("foreground", palette.foreground());
        colours.put("muted", palette.muted());
        colours.put("subtle", palette.subtle());
        colours.put("axis", palette.axis());
        colours.put("quiet", palette.quiet());
        return colours;
    }

    /** The style sheet's variables of a theme. */
    static String variables(ChartTheme theme) {
        StringBuilder css = new StringBuilder();
        structure(theme).forEach((name, c) -> css.append(
                "--chart-%s:#%02x%02x%02x;".formatted(name, c.getRed(), c.getGreen(), c.getBlue())));
        Color link = theme == ChartTheme.DARK
                ? ChartPalette.of(theme).category(1)
                : ChartPalette.of(theme).category(3);
        css.append("--link:#%02x%02x%02x;".formatted(link.getRed(), link.getGreen(), link.getBlue()));
        Color warning = ChartPalette.of(theme).category(0);
        css.append("--warning:#%02x%02x%02x;".formatted(warning.getRed(), warning.getGreen(), warning.getBlue()));
        Color error = ChartPalette.of(theme).marked();
        css.append("--error:#%02x%02x%02x;".formatted(error.getRed(), error.getGreen(), error.getBlue()));
        return css.toString();
    }
}

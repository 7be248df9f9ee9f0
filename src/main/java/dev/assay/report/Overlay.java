package dev.assay.report;

import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Distribution;
import dev.assay.analysis.result.Heatmap;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scatter;
import dev.assay.report.Comparison.Part;
import dev.assay.text.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Charts of several runs laid over each other. */
final class Overlay {

    /** More lines than these cannot be told apart by colour. */
    private static final int MOST_IN_ONE = 8;

    /** More charts than these for one curve would bury the others. */
    private static final int MOST_CHARTS = 12;

    private Overlay() {}

    static List<Compared> curves(List<Part> parts) {
        List<Curve> curves = Part.results(parts, Curve.class);
        Curve first = curves.getFirst();
        if (curves.stream().anyMatch(c -> differ(c.x(), first.x()) || differ(c.y(), first.y()))) {
            return Comparison.apart(parts);
        }
        if (curves.stream().allMatch(c -> same(c, first))) {
            return same(first, parts);
        }
        Map<String, List<Curve.Series>> bySeries = new LinkedHashMap<>();
        int lines = 0;
        for (int i = 0; i < parts.size(); i++) {
            for (Curve.Series s : curves.get(i).series()) {
                bySeries.computeIfAbsent(s.name(), n -> new ArrayList<>())
                        .add(renamed(s, parts.get(i).label()));
                lines++;
            }
        }
        boolean split = lines > MOST_IN_ONE && bySeries.size() > 1 && bySeries.size() <= MOST_CHARTS;
        if (split) {
            List<Compared> charts = new ArrayList<>();
            bySeries.forEach((name, series) -> charts.add(new Compared(
                    new Curve(first.id() + "." + name, first.title() + ": " + name, first.x(), first.y(), series, null),
                    Comparison.said(parts))));
            return charts;
        }
        List<Curve.Series> all = new ArrayList<>();
        bySeries.forEach((name, series) -> series.forEach(
                s -> all.add(bySeries.size() == 1 ? s : renamed(s, s.name() + " \u00b7 " + name))));
        return List.of(new Compared(
                new Curve(first.id(), first.title(), first.x(), first.y(), all, null), Comparison.said(parts)));
    }

    private static boolean same(Curve a, Curve b) {
        if (a.series().size() != b.series().size()) {
            return false;
        }
        for (int i = 0; i < a.series().size(); i++) {
            Curve.Series s = a.series().get(i);
            Curve.Series t = b.series().get(i);
            if (!s.name().equals(t.name()) || !Arrays.equals(s.x(), t.x()) || !Arrays.equals(s.y(), t.y())
                    || !Arrays.equals(s.low(), t.low()) || !Arrays.equals(s.high(), t.high())) {
                return false;
            }
        }
        return true;
    }

    private static Curve.Series renamed(Curve.Series s, String name) {
        return new Curve.Series(name, s.x(), s.y(), s.low(), s.high());
    }

    private static boolean differ(Axis a, Axis b) {
        return !a.label().equals(b.label()) || !a.unit().equals(b.unit());
    }

    private static List<Compared> same(Result result, List<Part> parts) {
        String runs = parts.size() == 2 ? "the same in both runs"
                : "the same in all " + Numbers.count(parts.size()) + " runs";
        return List.of(new Compared(result, runs, true));
    }

    static List<Compared> scatters(List<Part> parts) {
        List<Scatter> scatters = Part.results(parts, Scatter.class);
        Scatter first = scatters.getFirst();
        int groups = scatters.stream().mapToInt(s -> s.series().size()).sum();
        if (groups > MOST_IN_ONE
                || scatters.stream().anyMatch(s -> differ(s.x(), first.x()) || differ(s.y(), first.y()))) {
            return Comparison.apart(parts);
        }
        List<Scatter.Series> all = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            List<Scatter.Series> series = scatters.get(i).series();
            for (Scatter.Series s : series) {
                String name = parts.get(i).label() + (series.size() == 1 ? "" : " \u00b7 " + s.name());
                all.add(new Scatter.Series(name, s.x(), s.y(), s.keys(), s.xError(), s.yError()));
            }
        }
        return List.of(new Compared(
                new Scatter(first.id(), first.title(), first.x(), first.y(), all, null), Comparison.said(parts)));
    }

    static List<Compared> distributions(List<Part> parts) {
        List<Distribution> all = Part.results(parts, Distribution.class);
        Distribution first = all.getFirst();
        boolean sameBins = all.stream()
                .allMatch(d -> Arrays.equals(d.edges(), first.edges()) && !differ(d.x(), first.x()));
        if (!sameBins || all.stream().mapToInt(d -> d.series().size()).sum() > MOST_IN_ONE) {
            return Comparison.apart(parts);
        }
        List<Distribution.Series> series = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            for (Distribution.Series s : all.get(i).series()) {
                String name = parts.get(i).label()
                        + (all.get(i).series().size() == 1 ? "" : " \u00b7 " + s.name());
                series.add(new Distribution.Series(name, s.counts()));
            }
        }
        return List.of(new Compared(
                new Distribution(first.id(), first.title(), first.x(), first.edges(), series),
                Comparison.said(parts)));
    }

    /** The matrices, and for quantities over the same rows and columns each one's distance from the first. */
    static List<Compared> heatmaps(List<Part> parts) {
        List<Heatmap> maps = Part.results(parts, Heatmap.class);
        Heatmap first = maps.getFirst();
        boolean same = maps.stream()
                .allMatch(m -> m.rows().equals(first.rows())
                        && m.columns().equals(first.columns())
                        && m.levels().isEmpty());
        if (!same) {
            return Comparison.apart(parts);
        }
        if (maps.stream().allMatch(m -> Arrays.deepEquals(m.values(), first.values()))) {
            return same(first, parts);
        }
        List<Compared> all = new ArrayList<>();
        all.add(new Compared(first, parts.getFirst().label()));
        for (int i = 1; i < parts.size(); i++) {
            all.add(new Compared(
                    difference(first, maps.get(i)),
                    parts.get(i).label() + " minus " + parts.getFirst().label()));
        }
        return all;
    }

    private static Heatmap difference(Heatmap from, Heatmap to) {
        double[][] values = new double[from.values().length][];
        for (int r = 0; r < values.length; r++) {
            values[r] = new double[from.values()[r].length];
            for (int c = 0; c < values[r].length; c++) {
                values[r][c] = to.values()[r][c] - from.values()[r][c];
            }
        }
        String label = from.value().label().isEmpty() ? "Difference" : "Difference in " + from.value().label();
        return new Heatmap(
                from.id() + ".difference", from.title() + ": difference", from.rows(), from.columns(), values,
                from.rowTitle(), from.columnTitle(), null, null, Heatmap.Palette.DIVERGING, from.groups(),
                Axis.of(label, from.value().unit()), List.of());
    }
}

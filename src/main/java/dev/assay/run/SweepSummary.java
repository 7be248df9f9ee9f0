package dev.assay.run;

import dev.assay.analysis.Exact;
import dev.assay.analysis.ParameterDescriptor;
import dev.assay.analysis.ResultSink;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Ranking;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What the members of a sweep found, side by side: a table with a row for each, and for every number that differs among
 * them a chart against the parameter, mean over the seeds with its range. Values that are not numbers make a ranking.
 */
final class SweepSummary {

    private static final RefKind RUN = new RefKind("run", "");

    private final Sweep sweep;
    private final Optional<ParameterDescriptor> parameter;
    private final boolean numeric;
    private final Map<String, Scalar> scores = new LinkedHashMap<>();
    private final List<Row> rows = new ArrayList<>();

    private record Row(Sweep.Member member, RunRecord record, Map<String, Double> scores) {}

    /** The values of a score at one place of the axis. */
    private record Place(String value, double x, double[] found) {

        double mean() {
            return Arrays.stream(found).average().orElse(Double.NaN);
        }

        double least() {
            return Arrays.stream(found).min().orElse(Double.NaN);
        }

        double most() {
            return Arrays.stream(found).max().orElse(Double.NaN);
        }

        /** Sample standard deviation; NaN for fewer than two values. */
        double deviation() {
            double mean = mean();
            double squares = Arrays.stream(found).map(v -> (v - mean) * (v - mean)).sum();
            return found.length < 2 ? Double.NaN : Math.sqrt(squares / (found.length - 1));
        }
    }

    SweepSummary(Sweep sweep, Optional<ParameterDescriptor> parameter) {
        this.sweep = sweep;
        this.parameter = parameter;
        this.numeric = parameter.map(SweepText::isNumeric).orElse(true);
    }

    /** Takes an ended member. */
    void add(Sweep.Member member, RunRecord record) {
        Map<String, Double> found = new LinkedHashMap<>();
        for (Result result : record.results()) {
            if (result instanceof Scalar s && record.state() == RunState.DONE) {
                scores.putIfAbsent(s.id(), s);
                found.put(s.id(), s.value());
            }
        }
        rows.add(new Row(member, record, found));
    }

    /** Publishes the summary as it stands. */
    void emit(ResultSink sink) {
        long done = rows.stream().filter(r -> r.record().state() == RunState.DONE).count();
        long failed = rows.stream().filter(r -> r.record().state() == RunState.FAILED).count();
        sink.emit(new Scalar("runs_done", "Runs done", done, "", "of " + sweep.size() + " runs"));
        if (failed > 0) {
            sink.emit(new Scalar("runs_failed", "Runs failed", failed, "", "of " + sweep.size() + " runs"));
        }
        for (Scalar score : scores.values()) {
            List<Place> places = places(score);
            if (differs(places)) {
                sink.emit(numeric ? curve(score, places) : ranking(score, places));
            }
        }
        sink.emit(runs());
        sink.emit(summary());
    }

    private List<Place> places(Scalar score) {
        Map<String, List<Double>> byValue = new LinkedHashMap<>();
        for (Row row : rows) {
            Double value = row.scores().get(score.id());
            if (value != null && !value.isNaN()) {
                String key = parameter.isEmpty() ? String.valueOf(row.member().seed()) : row.member().value();
                byValue.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
            }
        }
        List<Place> places = new ArrayList<>();
        byValue.forEach((value, found) -> places.add(new Place(
                value, numeric ? Exact.parse(value).toDouble() : Double.NaN,
                found.stream().mapToDouble(Double::doubleValue).toArray())));
        if (numeric) {
            places.sort((a, b) -> Double.compare(a.x(), b.x()));
        }
        return places;
    }

    private static boolean differs(List<Place> places) {
        double[] all = places.stream().flatMapToDouble(p -> Arrays.stream(p.found())).toArray();
        return Arrays.stream(all).distinct().count() > 1;
    }

    private String label() {
        return parameter.map(ParameterDescriptor::label).orElse("Seed");
    }

    private String unit() {
        return parameter.map(p -> p.annotation().unit()).orElse("");
    }

    private Result curve(Scalar score, List<Place> places) {
        boolean several = !parameter.isEmpty() && sweep.seeds().size() > 1;
        double[] x = places.stream().mapToDouble(Place::x).toArray();
        double[] mean = places.stream().mapToDouble(Place::mean).toArray();
        Curve.Series series = several
                ? new Curve.Series(
                        "mean of " + sweep.seeds().size() + " seeds, with the range", x, mean,
                        places.stream().mapToDouble(Place::least).toArray(),
                        places.stream().mapToDouble(Place::most).toArray())
                : Curve.Series.of(score.title(), x, mean);
        return new Curve(
                score.id(), score.title() + " against " + lower(label()), Axis.of(label(), unit()),
                Axis.of(score.title(), score.unit()), List.of(series), null);
    }

    /** "Relaxation slack s" inside a sentence, but "SNR" as it is. */
    private static String lower(String label) {
        boolean word = label.length() > 1 && Character.isLowerCase(label.charAt(1));
        return word ? label.substring(0, 1).toLowerCase(Locale.ROOT) + label.substring(1) : label;
    }

    private Result ranking(Scalar score, List<Place> places) {
        List<Ranking.Entry> entries = places.stream()
                .map(p -> new Ranking.Entry(
                        p.value(), p.mean(), p.found().length < 2 ? Double.NaN : (p.most() - p.least()) / 2, null))
                .sorted((a, b) -> Double.compare(b.score(), a.score()))
                .toList();
        return new Ranking(
                score.id(), score.title() + " by " + lower(label()), Axis.of(score.title(), score.unit()), entries);
    }

    private Table runs() {
        List<Column> columns = new ArrayList<>();
        columns.add(Column.integer("number", "No."));
        parameter.ifPresent(p -> columns.add(
                numeric ? Column.real("value", label(), unit()) : Column.text("value", label())));
        columns.add(Column.integer("seed", "Seed"));
        columns.add(Column.text("state", "State"));
        columns.add(Column.real("seconds", "Time", "s"));
        scores.values().forEach(s -> columns.add(Column.real("score_" + s.id(), s.title(), s.unit())));
        columns.add(Column.text("run", "Run").to(RUN));
        Table.Builder table = new Table.Builder("runs", "Runs of the sweep", columns);
        for (Row row : rows) {
            List<Object> cells = new ArrayList<>();
            cells.add(row.member().number());
            if (parameter.isPresent()) {
                cells.add(numeric ? (Object) Exact.parse(row.member().value()).toDouble() : row.member().value());
            }
            cells.add(row.member().seed());
            cells.add(row.record().state().name().toLowerCase(Locale.ROOT));
            cells.add(row.record().elapsed().toNanos() / 1e9);
            scores.keySet().forEach(id -> cells.add(row.scores().get(id)));
            cells.add(row.record().id());
            table.add(cells.toArray());
        }
        return table.snapshot();
    }

    private Table summary() {
        Column value = parameter.isEmpty() || numeric
                ? Column.real("value", label(), unit())
                : Column.text("value", label());
        Table.Builder table = new Table.Builder("summary", "Scores by value", List.of(
                Column.text("score", "Score"), value, Column.integer("runs", "Runs n"), Column.real("mean", "Mean", ""),
                Column.real("deviation", "Standard deviation", ""), Column.real("lowest", "Lowest", ""),
                Column.real("highest", "Highest", "")));
        for (Scalar score : scores.values()) {
            for (Place place : places(score)) {
                table.add(
                        score.title(), numeric ? (Object) place.x() : place.value(), place.found().length,
                        place.mean(), place.deviation(), place.least(), place.most());
            }
        }
        return table.snapshot();
    }
}

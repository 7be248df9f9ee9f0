package dev.assay.report;

import dev.assay.analysis.Location;
import dev.assay.analysis.result.ImageGrid;
import dev.assay.analysis.result.Ranking;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Table;
import dev.assay.chart.ResultCharts;
import dev.assay.report.Element.Fact;
import dev.assay.run.InputStamp;
import dev.assay.run.LogLine;
import dev.assay.run.RunCommand;
import dev.assay.run.RunState;
import dev.assay.run.RunView;
import dev.assay.text.Numbers;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Turns the blocks of a report into pieces with their data. Whatever is missing is said in its place, so that one damaged
 * run does not cost the reader the others. Reads the disk, so not on the window's thread.
 */
final class ReportContent {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final int MOST_TEXT = 2_000;

    private final ReportSource source;
    private final Map<String, ReportRun> runs = new HashMap<>();
    private final Map<List<String>, Comparison> comparisons = new HashMap<>();
    private final List<Element> elements = new ArrayList<>();

    private ReportContent(ReportSource source) {
        this.source = source;
    }

    /** The pieces of a report. */
    static List<Element> of(Report report, ReportSource source) {
        ReportContent content = new ReportContent(source);
        report.blocks().forEach(content::add);
        return content.elements;
    }

    private ReportRun run(String key) {
        return runs.computeIfAbsent(key, source::run);
    }

    private void add(Block block) {
        switch (block) {
            case Block.Heading h -> elements.add(new Element.Heading(h.text(), h.level()));
            case Block.Note n -> elements.add(new Element.Text(n.markdown()));
            case Block.Finding f -> finding(f);
            case Block.Screenshot s -> screenshot(s);
            case Block.Summary s -> summary(run(s.run()));
            case Block.Parameters p -> parameters(p);
            case Block.Origin o -> origin(run(o.run()));
        }
    }

    private boolean unreadable(ReportRun run) {
        if (run.run() != null) {
            return false;
        }
        elements.add(new Element.Notice(
                "The run \u201c" + run.name() + "\u201d cannot be read: " + run.problem(), true));
        return true;
    }

    private void finding(Block.Finding finding) {
        int before = elements.size();
        if (finding.runs().size() == 1) {
            ReportRun run = run(finding.runs().getFirst());
            if (unreadable(run)) {
                return;
            }
            own(run, finding.result());
        } else {
            Comparison comparison = comparisons.computeIfAbsent(
                    finding.runs(), keys -> Comparison.of(keys.stream().map(this::run).toList()));
            comparison.problems()
                    .forEach(p -> elements.add(new Element.Notice("One run cannot be read. " + p, true)));
            comparison.of(finding.result()).forEach(c -> result(c.result(), c.setting()));
        }
        if (elements.size() == before) {
            elements.add(new Element.Notice(
                    "There is no \u201c" + finding.inWords() + "\u201d (" + finding.result() + ") in "
                            + (finding.runs().size() == 1 ? "this run." : "these runs."),
                    false));
        }
        if (!finding.caption().isBlank()) {
            elements.add(new Element.Caption(finding.caption()));
        }
    }

    private void own(ReportRun run, String name) {
        if (name.equals(ResultName.FIGURES)) {
            figures(run.run());
        }
        for (Result result : run.results()) {
            if (ResultName.of(result).equals(name)) {
                result(result, setting(run.run()));
            }
        }
    }

    private void figures(RunView run) {
        List<Scalar> scalars = run.results().stream()
                .filter(Scalar.class::isInstance)
                .map(Scalar.class::cast)
                .toList();
        if (!scalars.isEmpty()) {
            elements.add(new Element.Figures(scalars));
        }
    }

    private static String setting(RunView run) {
        List<String> names = run.request().inputs().values().stream()
                .flatMap(List::stream)
                .map(Location::fileName)
                .toList();
        return String.join(", ", names) + (run.state() == RunState.DONE ? "" : ", partial");
    }

    private void result(Result result, String setting) {
        switch (result) {
            case Table t -> elements.add(new Element.Grid(t, setting));
            case ImageGrid g -> elements.add(new Element.Pictures(g, setting));
            case Scalar s -> elements.add(new Element.Figures(List.of(s)));
            case Ranking r when r.entries().isEmpty() -> elements.add(new Element.Caption(r.title() + ": no entries"));
            default -> {
                if (ResultCharts.supports(result)) {
                    elements.add(new Element.Picture(result, setting));
                } else {
                    String text = result.toString();
                    elements.add(new Element.Facts(List.of(new Fact(
                            result.title(),
                            text.length() > MOST_TEXT ? text.substring(0, MOST_TEXT) + "\u2026" : text,
                            true))));
                }
            }
        }
    }

    private void screenshot(Block.Screenshot shot) {
        try {
            elements.add(new Element.Bitmap(source.picture(shot.file()), shot.caption()));
        } catch (IOException e) {
            elements.add(new Element.Notice(
                    "The picture \u201c" + (shot.caption().isEmpty() ? shot.file() : shot.caption())
                            + "\u201d is no longer beside the report.",
                    true));
        }
    }

    private void summary(ReportRun named) {
        if (unreadable(named)) {
            return;
        }
        RunView run = named.run();
        if (run.state() != RunState.DONE) {
            elements.add(new Element.Notice(notDone(run), run.state() == RunState.FAILED));
        }
        for (LogLine line : run.log()) {
            if (line.warning()) {
                elements.add(new Element.Notice(line.text(), false));
            }
        }
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("Analysis", run.request().analysis(), false));
        run.request().inputs().forEach((role, places) -> places.forEach(place -> facts.add(
                new Fact(role, place.fileName(), false))));
        run.started().ifPresent(at -> facts.add(new Fact("Started", TIME.format(at), false)));
        facts.add(new Fact("Worked", Numbers.duration(run.elapsed()), false));
        if (!run.device().isEmpty()) {
            facts.add(new Fact("Device", run.device(), false));
        }
        elements.add(new Element.Facts(facts));
        figures(run);
    }

    private static String notDone(RunView run) {
        String kept = run.results().isEmpty() ? "It had found nothing yet." : "What it had found is shown.";
        return switch (run.state()) {
            case FAILED -> "This run failed: "
                    + run.failure().map(f -> f.message()).orElse("the reason was not kept") + ". " + kept;
            case CANCELLED -> "This run was cancelled before its end. " + kept;
            case INTERRUPTED -> "The program ended before this run did. " + kept;
            default -> "This run has not ended. " + kept;
        };
    }

    private void parameters(Block.Parameters block) {
        if (block.runs().size() > 1) {
            Comparison comparison = comparisons.computeIfAbsent(
                    block.runs(), keys -> Comparison.of(keys.stream().map(this::run).toList()));
            comparison.problems()
                    .forEach(p -> elements.add(new Element.Notice("One run cannot be read. " + p, true)));
            Table differences = comparison.differences();
            elements.add(
                    differences.rowCount() == 0
                            ? new Element.Caption("Parameters, inputs, program and machine are the same.")
                            : new Element.Grid(differences, String.join(" \u00b7 ", comparison.labels())));
            return;
        }
        ReportRun run = run(block.runs().getFirst());
        if (!unreadable(run)) {
            List<Fact> facts = new ArrayList<>();
            run.run().request().parameters().forEach((name, value) -> facts.add(new Fact(name, value, true)));
            facts.add(new Fact("seed", String.valueOf(run.run().request().seed()), true));
            elements.add(new Element.Heading("Parameters", 3));
            elements.add(new Element.Facts(facts));
        }
    }

    private void origin(ReportRun named) {
        if (unreadable(named)) {
            return;
        }
        RunView run = named.run();
        elements.add(new Element.Heading("Provenance of " + named.name(), 3));
        List<Fact> facts = new ArrayList<>();
        List<String> gone = new ArrayList<>();
        List<InputStamp> stamps = run.provenance().map(p -> p.inputs()).orElse(List.of());
        run.request().inputs().forEach((role, places) -> places.forEach(place -> {
            facts.add(new Fact(role, place.toString(), true));
            stamps.stream()
                    .filter(s -> s.role().equals(role) && s.location().equals(place))
                    .findFirst()
                    .filter(s -> !s.sha256().isEmpty())
                    .ifPresent(s -> facts.add(
                            new Fact("", "sha256 " + s.sha256() + ", " + Numbers.bytes(s.size()), true)));
            if (!Files.exists(place.path())) {
                gone.add(place.fileName());
            }
        }));
        if (!gone.isEmpty()) {
            elements.add(new Element.Notice(
                    "No longer in its place: " + String.join(", ", gone)
                            + ". The results are those of the file with the hash given here.",
                    false));
        }
        run.provenance().ifPresent(p -> {
            facts.add(new Fact("Assay", p.assay(), false));
            facts.add(new Fact("Java", p.java(), false));
            facts.add(new Fact("System", p.os(), false));
            facts.add(new Fact("Processor", p.cpu(), false));
            p.libraries().forEach((name, version) -> facts.add(new Fact(name, version, false)));
        });
        facts.add(new Fact("Run", run.id(), true));
        facts.add(new Fact("Command", RunCommand.line(run.request()), true));
        elements.add(new Element.Facts(facts));
    }

    /** A moment, to the minute. */
    static String time(Instant at) {
        return TIME.format(at);
    }
}

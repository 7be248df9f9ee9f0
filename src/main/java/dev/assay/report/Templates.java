package dev.assay.report;

import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scalar;
import dev.assay.text.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Reports to begin with. */
public enum Templates {
    /** Everything that one run found, or several one after the other. */
    ONE_RUN("One run"),
    /** Several runs beside each other, what differs first. */
    COMPARISON("Comparison"),
    /** What a model is, what it was tested on, what came out, and what nobody should use it for. */
    MODEL_CARD("Model card");

    private final String title;

    Templates(String title) {
        this.title = title;
    }

    /** Its name for the user. */
    public String title() {
        return title;
    }

    /**
     * A report of these runs. Reads their results, so not on the window's thread.
     *
     * @param keys the runs' keys, in order
     */
    public Report of(List<String> keys, ReportSource source) {
        List<ReportRun> runs = keys.stream().map(source::run).toList();
        return switch (this) {
            case ONE_RUN -> new Report(runs.size() == 1 ? runs.getFirst().name() : "Report", oneByOne(keys, runs));
            case COMPARISON ->
                new Report("Comparison of " + Numbers.count(keys.size()) + " runs", compared(keys, runs));
            case MODEL_CARD -> new Report("Model card", card(keys, runs));
        };
    }

    private static List<Block> oneByOne(List<String> keys, List<ReportRun> runs) {
        List<Block> blocks = new ArrayList<>();
        List<String> labels = RunLabels.of(runs);
        for (int i = 0; i < keys.size(); i++) {
            List<String> key = List.of(keys.get(i));
            if (keys.size() > 1) {
                blocks.add(new Block.Heading(labels.get(i), 1));
            }
            blocks.add(new Block.Summary(keys.get(i)));
            if (runs.get(i).run() != null) {
                names(List.of(runs.get(i))).forEach(name -> blocks.add(new Block.Finding(key, name, "")));
                blocks.add(new Block.Parameters(key));
                blocks.add(new Block.Origin(keys.get(i)));
            }
        }
        return blocks;
    }

    private static List<Block> compared(List<String> keys, List<ReportRun> runs) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Parameters(keys));
        blocks.add(new Block.Finding(keys, ResultName.FIGURES, ""));
        names(runs).forEach(name -> blocks.add(new Block.Finding(keys, name, "")));
        blocks.add(new Block.Heading("Provenance", 1));
        keys.forEach(key -> blocks.add(new Block.Origin(key)));
        return blocks;
    }

    private static List<Block> card(List<String> keys, List<ReportRun> runs) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Heading("Model", 1));
        blocks.add(new Block.Note("*What the model is for, who made it, when, and where its weights come from.*"));
        blocks.add(new Block.Heading("Intended use", 1));
        blocks.add(new Block.Note("*Who may use it for what. What it must not be used for.*"));
        blocks.add(new Block.Heading("What was measured", 1));
        blocks.addAll(oneByOne(keys, runs));
        blocks.add(new Block.Heading("Limits", 1));
        blocks.add(new Block.Note("*Where the numbers above do not hold: data it has not seen, classes that it"
                + " confuses, known failures.*"));
        return blocks;
    }

    /** The results other than numbers, charts before tables, each in the order in which it first appears. */
    private static List<String> names(List<ReportRun> runs) {
        Set<String> names = new LinkedHashSet<>();
        for (boolean tables : new boolean[] {false, true}) {
            for (ReportRun run : runs) {
                Stream<Result> of = run.results().stream()
                        .filter(r -> !(r instanceof Scalar))
                        .filter(r -> ResultName.kind(r).equals("table") == tables);
                of.forEach(r -> names.add(ResultName.of(r)));
            }
        }
        return List.copyOf(names);
    }
}

package dev.assay.report;

import dev.assay.analysis.result.Result;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The parts of a report in the words that its reader knows: results by their titles, and where there are several runs the
 * run. Immutable.
 */
public final class BlockWords {

    /** Before anything has been read: results by their ids. */
    public static final BlockWords NONE = new BlockWords(Map.of(), Map.of());

    private final Map<String, String> titles;
    private final Map<String, String> labels;

    private BlockWords(Map<String, String> titles, Map<String, String> labels) {
        this.titles = Map.copyOf(titles);
        this.labels = Map.copyOf(labels);
    }

    /** The words of a report. Reads its runs, so not on the window's thread. */
    public static BlockWords of(Report report, ReportSource source) {
        List<String> keys = report.runs();
        List<ReportRun> runs = keys.stream().map(source::run).toList();
        List<String> names = RunLabels.of(runs);
        Map<String, String> titles = new HashMap<>();
        Map<String, String> labels = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            if (keys.size() > 1) {
                labels.put(keys.get(i), names.get(i));
            }
            for (Result result : runs.get(i).results()) {
                // Of several runs the first names what they have in common, as in a comparison.
                titles.putIfAbsent(ResultName.of(result), result.title());
                titles.put(keys.get(i) + " " + ResultName.of(result), result.title());
            }
        }
        return new BlockWords(titles, labels);
    }

    /** What a part is, in a few words. */
    public String of(Block block) {
        String what = switch (block) {
            case Block.Finding f when f.runs().size() == 1 ->
                title(f, titles.get(f.runs().getFirst() + " " + f.result()));
            case Block.Finding f -> title(f, titles.get(f.result()));
            default -> block.inWords();
        };
        String run = block.runs().size() == 1 ? labels.get(block.runs().getFirst()) : null;
        return run == null ? what : what + " \u00b7 " + run;
    }

    private static String title(Block.Finding finding, String known) {
        return known == null || known.isBlank() ? finding.inWords() : known + finding.ofRuns();
    }
}

package dev.assay.analyses.nap;

import dev.assay.analysis.Exact;
import dev.assay.analysis.ResultSink;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Heatmap;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Table;
import dev.assay.compute.PatternFollowing;
import dev.assay.compute.PatternMasks;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The results that look at single samples at one slack: the table of samples and the pattern confusion matrix. */
final class SampleViews implements SlackScores.Watcher {

    /** Column of samples that follow no pattern. */
    static final String NONE = "none";

    private final Mined mined;
    private final Exact slack;
    private final int set;
    private final boolean predicted;
    private final PatternMasks masks;
    private final PatternFollowing kernel;
    private final Table.Builder rows;
    private final long[][] confusion;
    /** Samples that were looked at before those in front of them, by the index of the first. */
    private final Map<Long, List<Row>> ahead = new HashMap<>();

    private long added;

    private record Row(long sample, String label, String predicted, String followed, int violations) {}

    /**
     * @param slacks the chain of slacks that samples will be tested at
     * @param slack the one of them that is looked at
     * @param predicted whether a sample's class is the network's decision
     */
    SampleViews(Mined mined, List<Exact> slacks, Exact slack, boolean predicted, PatternFollowing kernel) {
        this.mined = mined;
        this.slack = slack;
        this.set = slacks.indexOf(slack);
        this.predicted = predicted;
        this.kernel = kernel;
        int classes = mined.classes().size();
        this.masks = Patterns.mine(mined.counts(), classes, mined.neurons().layout(), List.of(slack))
                .masks();
        this.confusion = new long[classes][classes + 1];
        this.rows = new Table.Builder(
                "samples",
                (mined.test() == null ? "Training" : "Test") + " samples and the patterns they follow",
                List.of(
                        Column.integer("sample", "Sample").to(RefKind.sample(mined.reportedRole())),
                        Column.text("label", "Label"),
                        Column.text("predicted", "Predicted"),
                        Column.text("followed", "Followed patterns"),
                        Column.integer("violations", "Violations")));
    }

    /** Adds samples; the rows of the table are in their order whatever the order of the blocks. */
    @Override
    public void block(SampleStore.Block block, byte[] depth) {
        int classes = mined.classes().size();
        int[] violations = new int[block.rows()];
        int[] classOf = predicted ? block.decisions() : block.labels();
        kernel.violations(block.bits(), block.rows(), masks, 0, classOf, 0, violations);
        long[][] counts = new long[classes][classes + 1];
        List<Row> found = new ArrayList<>(block.rows());
        for (int r = 0; r < block.rows(); r++) {
            String followed = "";
            int decision = block.decisions()[r];
            for (int c = 0; c < classes; c++) {
                if (depth[r * classes + c] > set) {
                    String name = mined.classes().get(c);
                    followed = followed.isEmpty() ? name : followed + "," + name;
                    counts[decision][c]++;
                }
            }
            if (followed.isEmpty()) {
                counts[decision][classes]++;
            }
            int label = block.labels()[r];
            found.add(new Row(
                    block.first() + r,
                    label < 0 ? null : mined.classes().get(label),
                    mined.classes().get(decision),
                    followed,
                    violations[r]));
        }
        add(block.first(), found, counts);
    }

    private synchronized void add(long first, List<Row> found, long[][] counts) {
        for (int p = 0; p < counts.length; p++) {
            for (int c = 0; c < counts[p].length; c++) {
                confusion[p][c] += counts[p][c];
            }
        }
        ahead.put(first, found);
        for (List<Row> next = ahead.remove(added); next != null; next = ahead.remove(added)) {
            for (Row row : next) {
                rows.add(
                        row.sample(),
                        row.label(),
                        row.predicted(),
                        row.followed(),
                        row.violations() < 0 ? null : row.violations());
            }
            added += next.size();
        }
    }

    /** Publishes both. */
    void emit(ResultSink sink) {
        sink.emit(confusion());
        sink.emit(rows.snapshot());
    }

    private Heatmap confusion() {
        List<String> columns = new ArrayList<>(mined.classes());
        columns.add(NONE);
        double[][] values = new double[confusion.length][confusion.length + 1];
        for (int p = 0; p < confusion.length; p++) {
            for (int c = 0; c <= confusion.length; c++) {
                values[p][c] = confusion[p][c];
            }
        }
        return new Heatmap(
                "pattern_confusion",
                "Predicted class against followed pattern, " + NapResults.at(slack),
                mined.classes(),
                columns,
                values,
                "Predicted class",
                "Followed pattern",
                RefKind.ofClass(),
                RefKind.ofClass(),
                Heatmap.Palette.SEQUENTIAL,
                List.of())
                .explained(Axis.of("Samples", ""));
    }
}

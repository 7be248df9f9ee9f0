package dev.assay.analyses.nap;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Heatmap;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Table;
import dev.assay.compute.PatternFollowing;
import dev.assay.compute.PatternMasks;
import java.util.ArrayList;
import java.util.List;

/** The results that look at single samples at one slack: the table of samples and the pattern confusion matrix. */
final class SampleViews {

    /** Column of samples that follow no pattern. */
    static final String NONE = "none";

    private final Mined mined;
    private final NapParameters parameters;
    private final PatternMasks masks;
    private final int set;
    private final Table.Builder rows;
    private final long[][] confusion;
    private byte[] depth = new byte[0];
    private int[] violations = new int[0];

    private SampleViews(Mined mined, NapParameters parameters, PatternMasks masks, int set) {
        this.mined = mined;
        this.parameters = parameters;
        this.masks = masks;
        this.set = set;
        int classes = mined.classes().size();
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

    /** Computes both at the slack of the scores. */
    static List<Result> of(
            Mined mined, NapParameters parameters, SlackScores scores, PatternFollowing kernel, Runnable check)
            throws AnalysisException {
        // A chain of one set, so that depth says followed or not.
        Patterns patterns = Patterns.mine(
                mined.counts(),
                mined.classes().size(),
                mined.neurons().layout(),
                List.of(scores.slack()));
        SampleViews views = new SampleViews(mined, parameters, patterns.masks(), 0);
        mined.reported().forEach(block -> {
            check.run();
            views.add(block, kernel);
        });
        return List.of(views.confusion(scores), views.rows.snapshot());
    }

    private void add(SampleStore.Block block, PatternFollowing kernel) {
        int classes = mined.classes().size();
        if (depth.length < block.rows() * classes) {
            depth = new byte[Math.multiplyExact(block.rows(), classes)];
            violations = new int[block.rows()];
        }
        int[] classOf = parameters.labelSource() == LabelSource.PREDICTED ? block.decisions() : block.labels();
        kernel.depth(block.bits(), block.rows(), masks, depth);
        kernel.violations(block.bits(), block.rows(), masks, set, classOf, 0, violations);
        StringBuilder followed = new StringBuilder();
        for (int r = 0; r < block.rows(); r++) {
            followed.setLength(0);
            long[] counts = confusion[block.decisions()[r]];
            for (int c = 0; c < classes; c++) {
                if (depth[r * classes + c] > 0) {
                    followed.append(followed.isEmpty() ? "" : ",").append(mined.classes().get(c));
                    counts[c]++;
                }
            }
            if (followed.isEmpty()) {
                counts[classes]++;
            }
            rows.add(
                    block.first() + r,
                    block.labels()[r] < 0 ? null : mined.classes().get(block.labels()[r]),
                    mined.classes().get(block.decisions()[r]),
                    followed.toString(),
                    violations[r] < 0 ? null : violations[r]);
        }
    }

    private Heatmap confusion(SlackScores scores) {
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
                "Predicted class against followed pattern, " + NapResults.at(scores.slack()),
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

package dev.assay.ui.shell;

import dev.assay.analysis.Analysis;
import dev.assay.analysis.AnalysisInfo;
import dev.assay.analysis.InputSpec;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.Parameter;
import dev.assay.analysis.RunContext;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Scalar;
import java.util.List;
import java.util.SplittableRandom;

/** Makes a table of many rows, as an analysis of every sample of a dataset does. */
final class RowsAnalysis implements Analysis<RowsAnalysis.Rows> {

    /** How many. */
    public record Rows(@Parameter(label = "Rows", help = "How many rows.", min = "1") int rows) {

        public static Rows defaults() {
            return new Rows(100_000);
        }
    }

    @Override
    public AnalysisInfo info() {
        return new AnalysisInfo("rows", "Many rows", "Bench", "How fast is a table?", "Nobody", "# Many rows");
    }

    @Override
    public InputSpec inputs() {
        return InputSpec.of();
    }

    @Override
    public Class<Rows> parameters() {
        return Rows.class;
    }

    @Override
    public void run(Inputs inputs, Rows p, RunContext context) {
        SplittableRandom random = new SplittableRandom(context.seed());
        var table = context.table("samples", "Samples", List.of(
                Column.integer("sample", "Sample").to(RefKind.sample("test")), Column.text("class", "Class"),
                Column.share("score", "Score"), Column.real("margin", "Margin", ""), Column.bool("right", "Right")));
        for (int i = 0; i < p.rows(); i++) {
            double score = random.nextDouble();
            table.add(i, "class " + i % 100, score, random.nextGaussian(), score > 0.3);
        }
        context.emit(new Scalar("rows", "Rows", p.rows(), "", ""));
    }
}

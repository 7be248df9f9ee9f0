package dev.assay.ui.shell;

import dev.assay.analysis.Analysis;
import dev.assay.analysis.AnalysisInfo;
import dev.assay.analysis.Fit;
import dev.assay.analysis.InputRole;
import dev.assay.analysis.InputSpec;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.RunContext;
import dev.assay.model.Model;

/** An analysis that fits no model. */
final class UnfitAnalysis implements Analysis<UnfitAnalysis.None> {

    static final String REASON = "The model has no recurrent layer.";

    /** No parameters. */
    public record None() {
        public static None defaults() {
            return new None();
        }
    }

    @Override
    public AnalysisInfo info() {
        return new AnalysisInfo(
                "unfit", "Memory span", "Recurrent networks", "How far back does it remember?", "Nobody, 2026",
                "None.");
    }

    @Override
    public InputSpec inputs() {
        return InputSpec.of(InputRole.required("model", "Model", Model.class, "The network to look into."));
    }

    @Override
    public Class<None> parameters() {
        return None.class;
    }

    @Override
    public Fit fits(Inputs inputs) {
        return inputs.find("model", Model.class).isPresent() ? Fit.no(REASON) : Fit.yes();
    }

    @Override
    public void run(Inputs inputs, None parameters, RunContext context) {
        throw new IllegalStateException("it never fits");
    }
}

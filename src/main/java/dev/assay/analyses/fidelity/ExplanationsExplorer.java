package dev.assay.analyses.fidelity;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Explorer;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.ParameterSet;
import dev.assay.analysis.ResultSink;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Selection;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A finished run of explanations: any instance and any edge, looked into with the defaults of robust fidelity. */
final class ExplanationsExplorer implements Explorer<GnnExplanationsParameters> {

    private final Explorer<RobustFidelityParameters> scored;
    private final RobustFidelityParameters same;

    private ExplanationsExplorer(Explorer<RobustFidelityParameters> scored, RobustFidelityParameters same) {
        this.scored = scored;
        this.same = same;
    }

    /** Opens what a run left behind; empty when it did not come to its end. */
    static Optional<Explorer<GnnExplanationsParameters>> open(
            Inputs inputs, GnnExplanationsParameters parameters, Path artifacts) throws AnalysisException {
        RobustFidelityParameters same = ParameterSet.of(RobustFidelityParameters.class)
                .parse(Map.of(
                        "labelSource", text(parameters.labelSource()), "removal", text(parameters.removal()), "hops",
                        String.valueOf(parameters.hops()), "edgeUnit", text(parameters.edgeUnit())));
        return FidelityExplorer.open(inputs, same, artifacts).map(e -> new ExplanationsExplorer(e, same));
    }

    private static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public void update(GnnExplanationsParameters parameters, ResultSink sink) {
        // No parameter of explanations can be changed afterwards.
    }

    @Override
    public List<Result> details(Selection selection, GnnExplanationsParameters parameters) throws AnalysisException {
        return scored.details(selection, same);
    }

    @Override
    public void close() {
        scored.close();
    }
}

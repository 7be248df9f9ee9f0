package dev.assay.analyses.nap.verify;

import dev.assay.analyses.nap.verify.net.ReluNetwork;
import dev.assay.analyses.nap.verify.proof.Checker;
import dev.assay.analyses.nap.verify.proof.ProofFile;
import dev.assay.analysis.Analysis;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.AnalysisInfo;
import dev.assay.analysis.InputRole;
import dev.assay.analysis.InputSpec;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.ResultSink;
import dev.assay.analysis.RunContext;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Scalar;
import dev.assay.model.Model;
import java.util.List;

/** Replays proofs that {@link NapVerification} saved, with a checker that shares none of its arithmetic. */
public final class ProofCheck implements Analysis<ProofCheck.Parameters> {

    private static final String PROOF = "proof";

    /** It has none. */
    public record Parameters() {

        /** Nothing. */
        public static Parameters defaults() {
            return new Parameters();
        }
    }

    @Override
    public AnalysisInfo info() {
        return new AnalysisInfo(
                "nap-proof-check",
                "Proof check",
                "Activation patterns",
                "Does a saved verification proof hold when it is replayed with outward rounding?",
                "Geng, Le, Xu, Wang, Gurfinkel, Si: Towards Reliable Neural Specifications. ICML 2023,"
                        + " arXiv 2210.16114",
                HelpPages.read("nap-proof-check.md"));
    }

    @Override
    public InputSpec inputs() {
        return InputSpec.of(
                InputRole.required(NapVerification.MODEL, "Model", Model.class, "The network that was verified."),
                new InputRole(
                        PROOF, "Proof", ProofFile.class, true, true, "Proofs that NAP verification saved."));
    }

    @Override
    public Class<Parameters> parameters() {
        return Parameters.class;
    }

    @Override
    public void run(Inputs inputs, Parameters parameters, RunContext context) throws AnalysisException {
        Model model = inputs.get(NapVerification.MODEL, Model.class);
        ReluNetwork net = LoadedNetwork.network(model);
        List<ProofFile> files = inputs.all(PROOF, ProofFile.class);
        RunContext.Progress progress = context.phase("Checking", files.size(), "proofs");
        ResultSink.Rows table = context.table(
                "checks",
                "Replayed proofs",
                List.of(
                        Column.text("proof", "Proof"),
                        Column.integer("region", "Region"),
                        Column.text("target", "Refuted"),
                        Column.bool("accepted", "Accepted"),
                        Column.integer("leaves", "Leaves"),
                        Column.real("least_bound", "Least bound", ""),
                        Column.text("problem", "Problem")));
        long accepted = 0;
        long rejected = 0;
        Checker checker = new Checker(net, context::checkCancelled);
        for (ProofFile file : files) {
            if (!file.modelSha256().equals(model.sha256())) {
                throw new AnalysisException(
                        "the proof is about another model", file.name(), "open the model that was verified");
            }
            int number = 0;
            for (ProofFile.Region region : file.regions()) {
                try {
                    for (Checker.Report r : checker.check(region)) {
                        table.add(
                                file.name(),
                                (long) number,
                                r.target(),
                                r.accepted(),
                                r.leaves(),
                                Double.isFinite(r.least()) ? (Double) r.least() : null,
                                r.problem());
                        accepted += r.accepted() ? 1 : 0;
                        rejected += r.accepted() ? 0 : 1;
                    }
                } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
                    throw new AnalysisException(
                            "the proof does not fit the network (" + e.getMessage() + ")",
                            file.name(),
                            "verify again",
                            e);
                }
                number++;
            }
            progress.advance(1);
        }
        context.emit(new Scalar("accepted", "Accepted", accepted, "", "targets refuted again"));
        context.emit(new Scalar("rejected", "Rejected", rejected, "", ""));
    }
}

package dev.assay.run.fake;

import dev.assay.analysis.Analysis;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.AnalysisInfo;
import dev.assay.analysis.Fit;
import dev.assay.analysis.InputRole;
import dev.assay.analysis.InputSpec;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.RunContext;

/** An analysis that does what a test tells it to. */
public final class ScriptedAnalysis implements Analysis<FakeParameters> {

    private final String id;
    private final InputSpec inputs;
    private final Fit fit;
    private final Script script;

    private ScriptedAnalysis(String id, InputSpec inputs, Fit fit, Script script) {
        this.id = id;
        this.inputs = inputs;
        this.fit = fit;
        this.script = script;
    }

    /** What it does. */
    @FunctionalInterface
    public interface Script {
        void run(Inputs inputs, FakeParameters parameters, RunContext context) throws Exception;
    }

    /** An analysis without inputs. */
    public static ScriptedAnalysis of(String id, Script script) {
        return new ScriptedAnalysis(id, InputSpec.of(), Fit.yes(), script);
    }

    /** The same with these inputs. */
    public ScriptedAnalysis taking(InputRole... roles) {
        return new ScriptedAnalysis(id, InputSpec.of(roles), fit, script);
    }

    /** The same that fits or does not. */
    public ScriptedAnalysis fitting(Fit other) {
        return new ScriptedAnalysis(id, inputs, other, script);
    }

    @Override
    public AnalysisInfo info() {
        return new AnalysisInfo(id, "The " + id + " one", "Fakes", "What happens?", "Nobody, 2026", "# Help");
    }

    @Override
    public InputSpec inputs() {
        return inputs;
    }

    @Override
    public Class<FakeParameters> parameters() {
        return FakeParameters.class;
    }

    @Override
    public Fit fits(Inputs given) {
        return fit;
    }

    @Override
    public void run(Inputs given, FakeParameters parameters, RunContext context) throws AnalysisException {
        try {
            script.run(given, parameters, context);
        } catch (AnalysisException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

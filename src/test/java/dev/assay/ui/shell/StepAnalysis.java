package dev.assay.ui.shell;

import dev.assay.analysis.Analysis;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.AnalysisInfo;
import dev.assay.analysis.InputSpec;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.Parameter;
import dev.assay.analysis.ParameterProblem;
import dev.assay.analysis.ParameterSet;
import dev.assay.analysis.RunContext;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Scalar;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** An analysis that works in steps which the test allows one by one, so that a run can be looked at half-way. */
final class StepAnalysis implements Analysis<StepAnalysis.Steps> {

    /** Parameters of every sort that a form shows. */
    public record Steps(
            @Parameter(label = "Number of steps n", help = "How many steps are done.", unit = "steps", min = "1",
                    max = "1000") int steps,
            @Parameter(label = "Gain g", help = "What a step adds.", min = "0", max = "1",
                    maxExclusive = true) double gain,
            @Parameter(label = "Order", help = "In which order steps are done.") Order order,
            @Parameter(label = "Marks", help = "Steps that are marked.", min = "0") List<Integer> marks,
            @Parameter(label = "Fail at", help = "The step that fails; 0 for none.", min = "0",
                    advanced = true) int failAt,
            @Parameter(label = "Keep all", help = "Whether every step is kept.",
                    advanced = true) boolean keepAll) implements ParameterSet.Checked {

        public static Steps defaults() {
            return new Steps(10, 0.5, Order.FORWARDS, List.of(1, 2), 0, false);
        }

        @Override
        public List<ParameterProblem> problems() {
            return failAt > steps ? List.of(new ParameterProblem("failAt", "there is no such step")) : List.of();
        }
    }

    /** A choice. */
    public enum Order {
        FORWARDS,
        BACKWARDS,
        AT_RANDOM
    }

    private final Semaphore allowed = new Semaphore(0);

    /** Lets steps happen. */
    void allow(int steps) {
        allowed.release(steps);
    }

    /** Takes back what was allowed and not done. */
    void forbid() {
        allowed.drainPermits();
    }

    @Override
    public AnalysisInfo info() {
        return new AnalysisInfo(
                "steps",
                "Step counting",
                "Test instruments",
                "How many steps does it take?",
                "Nobody, 2026",
                "# Step counting\n\nCounts **steps** one by one.\n\n- first\n- second with `code`\n\n"
                        + "| step | sum |\n| --- | --- |\n| 1 | 0.5 |\n\nSee [the page](https://example.org).");
    }

    @Override
    public InputSpec inputs() {
        return InputSpec.of();
    }

    @Override
    public Class<Steps> parameters() {
        return Steps.class;
    }

    @Override
    public void run(Inputs inputs, Steps p, RunContext context) throws AnalysisException {
        RunContext.Progress progress = context.phase("Counting", p.steps(), "steps");
        var curve = context.curve("sum", "Sum of steps", Axis.of("Step", ""), Axis.of("Sum", ""));
        for (int i = 1; i <= p.steps(); i++) {
            takeStep(context);
            if (i == p.failAt()) {
                throw new AnalysisException("the step cannot be done", "step " + i, "choose another order");
            }
            curve.add("sum", i, i * p.gain());
            progress.advance(1);
        }
        context.emit(new Scalar("sum_total", "Sum", p.steps() * p.gain(), "", "of " + p.steps() + " steps"));
    }

    private void takeStep(RunContext context) {
        while (true) {
            context.checkCancelled();
            try {
                if (allowed.tryAcquire(10, TimeUnit.MILLISECONDS)) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                context.checkCancelled();
            }
        }
    }
}

package dev.assay.cli;

import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Scalar;
import dev.assay.run.Catalogue;
import dev.assay.run.fake.ScriptedAnalysis;
import java.util.List;

/** The command line with an endless analysis, in a program that a test interrupts. */
final class InterruptedProgram {

    private InterruptedProgram() {}

    public static void main(String[] arguments) {
        Catalogue catalogue = new Catalogue(
                List.of(ScriptedAnalysis.of("endless", (inputs, p, context) -> {
                    context.emit(new Scalar("half", "Half", 0.5, "", ""));
                    context.emit(new Curve("line", "Line", Axis.of("x", ""), Axis.of("y", ""),
                            List.of(Curve.Series.of("a", new double[] {0, 1}, new double[] {1, 2})), null));
                    context.phase("Working", -1, "steps");
                    while (true) {
                        context.checkCancelled();
                    }
                })),
                List.of());
        System.exit(new CommandLineApp(Console.system(), () -> catalogue, w -> {}, true).run(arguments));
    }
}

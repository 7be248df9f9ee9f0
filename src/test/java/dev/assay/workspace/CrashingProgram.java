package dev.assay.workspace;

import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Scalar;
import dev.assay.run.Catalogue;
import dev.assay.run.RunQueue;
import dev.assay.run.fake.Requests;
import dev.assay.run.fake.ScriptedAnalysis;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Semaphore;

/** Runs an analysis that finds something and never ends, in a program that a test kills. */
final class CrashingProgram {

    private CrashingProgram() {}

    public static void main(String[] arguments) throws Exception {
        Workspace workspace = Workspace.open(Path.of(arguments[0]));
        ScriptedAnalysis quick =
                ScriptedAnalysis.of("quick", (inputs, p, context) -> context.emit(new Scalar("x", "X", 1, "", "")));
        ScriptedAnalysis endless = ScriptedAnalysis.of("endless", (inputs, p, context) -> {
            context.emit(new Scalar("half", "Half", 0.5, "", ""));
            var rows = context.table("rows", "Rows", List.of(Column.integer("n", "N")));
            for (long n = 0; n < 100; n++) {
                rows.add(n);
            }
            new Semaphore(0).acquire();
        });
        RunQueue queue = new RunQueue(new Catalogue(List.of(quick, endless), List.of()), workspace);
        queue.submit(Requests.of("quick"));
        queue.submit(Requests.of("endless"));
        queue.submit(Requests.of("endless"), null, "waits");
        new Semaphore(0).acquire();
    }
}

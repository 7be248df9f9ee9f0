package dev.assay.analysis;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One published method. Implementations are stateless, have a public no-argument constructor and are found by {@link
 * java.util.ServiceLoader}; everything the window, the command line and the stored run need to know about the method
 * comes from here.
 *
 * @param <P> the record of the method's parameters; every component carries {@link Parameter}, and the record has a
 *     public static factory {@code defaults()}
 */
public interface Analysis<P extends Record> {

    /** Identity, question and citation. */
    AnalysisInfo info();

    /** The roles of the inputs, in the order in which a form shows them. */
    InputSpec inputs();

    /** The record class of the parameters. */
    Class<P> parameters();

    /**
     * Says whether the analysis can run on the inputs that are open. Called often, also while roles are still empty,
     * so it looks only at what is already known of an input (layers, shapes, labels) and reads no samples.
     *
     * @param inputs the inputs chosen so far; a missing required role is not a misfit
     * @return fits, or the reason why not in one sentence for the user
     */
    default Fit fits(Inputs inputs) {
        return Fit.yes();
    }

    /**
     * Values that a parameter may take with the inputs chosen so far, such as the names of a network's layers, for a form
     * to offer. Called on a background thread, also while roles are still empty; like {@link #fits} it reads no samples.
     *
     * @param parameter name of a parameter that is {@link Parameter#suggested}
     * @return in the order in which they are offered; empty when nothing can be said yet
     * @throws AnalysisException when an input cannot be looked through
     */
    default List<String> suggestions(String parameter, Inputs inputs) throws AnalysisException {
        return List.of();
    }

    /**
     * Runs the method. Called on a background thread, never on the window's; may use further threads of its own but
     * none of them may outlive the call.
     *
     * @param inputs all required roles filled
     * @param parameters validated
     * @param context progress, cancellation, seed, kernels and the results
     * @throws AnalysisException for everything the user can mend
     * @throws java.util.concurrent.CancellationException when the run was cancelled, thrown by the context
     */
    void run(Inputs inputs, P parameters, RunContext context) throws AnalysisException;

    /**
     * Opens what a finished run left behind, so that its live parameters can be changed and its results looked into
     * without running it again. Called on a background thread.
     *
     * @param inputs the inputs of the run, opened again
     * @param parameters the parameters of the run
     * @param artifacts the folder that {@link RunContext#artifacts()} gave to the run
     * @return empty when the method has nothing to explore or the artifacts are not complete (a cancelled run)
     * @throws AnalysisException when the artifacts are damaged or do not belong to the inputs
     */
    default Optional<Explorer<P>> explore(Inputs inputs, P parameters, Path artifacts) throws AnalysisException {
        return Optional.empty();
    }
}

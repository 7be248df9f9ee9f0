package dev.assay.analyses.nap.verify;

import dev.assay.analyses.nap.Decision;
import dev.assay.analyses.nap.verify.search.Engine;
import dev.assay.analysis.Exact;
import dev.assay.analysis.Parameter;
import dev.assay.analysis.ParameterProblem;
import dev.assay.analysis.ParameterSet;
import java.util.ArrayList;
import java.util.List;

/**
 * Parameters of {@link MinimalNap}.
 *
 * @param method how the pattern is made smaller
 * @param indices references, from 0
 * @param eps half-width of the ball, at least 0; of {@code domain} the whole domain is taken instead
 * @param domain whether the whole domain is taken instead of a ball
 * @param slack which set of patterns the search starts from
 * @param targetClass class c; empty for the reference's label
 * @param domainLow least value of every input
 * @param domainHigh greatest value of every input
 * @param decision how scores become a class
 * @param timeout most seconds of one call of the verifier
 * @param engine what the verifier uses
 * @param restarts starts of the falsifier for each adversary of the optimistic method
 */
public record MinimalParameters(
        @Parameter(
                label = "Method",
                help = "coarsen: drop one neuron after the other, minimal. stochastic: drop many at random, then single"
                        + " ones, minimal with fewer calls. optimistic: keep the neurons that adversarial inputs flip, one"
                        + " call. gradient: the fewest neurons in the order of their gradients. refine: the smallest pattern"
                        + " of all, by trying every part from none upwards; for toys.") Method method,
        @Parameter(label = "References", help = "Samples of the data, from 0: 3, 0-9 or 1,4,7.") String indices,
        @Parameter(
                label = "Half-width ε",
                help = "Half-width of the ball around each reference, in units of the network's input.",
                min = "0",
                max = "1e30") double eps,
        @Parameter(
                label = "Whole domain",
                help = "Takes every input of the domain instead of a ball.") boolean domain,
        @Parameter(label = "Slack of the pattern", help = "Which set of the pattern file is made smaller.") Exact slack,
        @Parameter(label = "Class",
                help = "The class that is to win; empty for the reference's label.") String targetClass,
        @Parameter(
                label = "Domain from",
                help = "Least value of every input.",
                min = "-1e30",
                max = "1e30",
                advanced = true) double domainLow,
        @Parameter(
                label = "Domain to",
                help = "Greatest value of every input.",
                min = "-1e30",
                max = "1e30",
                advanced = true) double domainHigh,
        @Parameter(
                label = "Decision",
                help = "argmax: the greatest score wins. argmin: the least one does.",
                advanced = true) Decision decision,
        @Parameter(
                label = "Time limit of a call",
                help = "A call of the verifier that runs out of time counts as no.",
                unit = "s",
                min = "0",
                max = "86400") double timeout,
        @Parameter(
                label = "Engine",
                help = "What the verifier uses; crown is quick, ladder is complete.") Engine engine,
        @Parameter(
                label = "Falsifier restarts",
                help = "Starts of the search for each adversarial input of the optimistic method.",
                min = "1",
                max = "100000",
                advanced = true) int restarts) implements ParameterSet.Checked {

    /** How a pattern is made smaller. */
    public enum Method {
        /** One neuron after the other. */
        COARSEN,
        /** Many at random, then single ones. */
        STOCHASTIC,
        /** Those that adversaries flip. */
        OPTIMISTIC,
        /** The first in the order of their gradients. */
        GRADIENT,
        /** The smallest part of all. */
        REFINE
    }

    /** The defaults. */
    public static MinimalParameters defaults() {
        return new MinimalParameters(
                Method.STOCHASTIC,
                "0",
                0.03,
                false,
                Exact.parse("0.01"),
                "",
                0,
                1,
                Decision.ARGMAX,
                10,
                Engine.CROWN,
                30);
    }

    /** The parameters of the verifier that the calls are made with. */
    VerifyParameters verification(int falsifierRestarts) {
        VerifyParameters d = VerifyParameters.defaults();
        return new VerifyParameters(
                domain ? Query.NAP_ROBUSTNESS : Query.NAP_AUGMENTED,
                indices,
                List.of(eps),
                slack.text(),
                targetClass,
                "",
                domainLow,
                domainHigh,
                decision,
                0,
                0,
                timeout,
                engine,
                falsifierRestarts,
                d.steps(),
                0,
                d.soundness(),
                false,
                d.radiusMax(),
                d.radiusTolerance());
    }

    @Override
    public List<ParameterProblem> problems() {
        return new ArrayList<>(verification(0).problems());
    }
}

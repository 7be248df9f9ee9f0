package dev.assay.analyses.nap.verify;

import dev.assay.analyses.nap.Decision;
import dev.assay.analyses.nap.verify.search.Engine;
import dev.assay.analysis.Exact;
import dev.assay.analysis.Parameter;
import dev.assay.analysis.ParameterProblem;
import dev.assay.analysis.ParameterSet;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Parameters of {@link NapVerification}.
 *
 * @param query which question; not used with a property file
 * @param indices references, from 0
 * @param eps half-widths of balls, in units of the network's input, at least 0
 * @param slack which set of patterns; {@code all} for each in turn
 * @param targetClass class c; empty for the reference's label
 * @param rival the other class; empty for every other
 * @param domainLow least value of every input
 * @param domainHigh greatest value of every input
 * @param decision how scores become a class
 * @param activationMargin how far from zero required states are, at least 0
 * @param outputMargin by how much the class must win, at least 0
 * @param timeout most seconds for each instance, all rivals together
 * @param engine which engines run
 * @param restarts starts of the falsifier for each rival; 0 for none
 * @param steps steps of the falsifier
 * @param threads 0 for one less than there are
 * @param soundness guard against rounding
 * @param radius whether the largest verified half-width is sought
 * @param radiusMax upper end of that search
 * @param radiusTolerance width at which that search ends
 */
public record VerifyParameters(
        @Parameter(
                label = "Question",
                help = "robustness: a ball around each reference. nap-robustness: every input of the domain that shows"
                        + " the class's pattern. nap-augmented: the ball cut by the pattern. exclusion: one confusion"
                        + " within the pattern. non-ambiguity: can an input show two classes' patterns? Not used with a"
                        + " property.") Query query,
        @Parameter(
                label = "References",
                help = "Samples of the data, from 0: 3, 0-9 or 1,4,7.") String indices,
        @Parameter(
                label = "Half-width ε",
                help = "Half-widths of the balls in the maximum norm, in units of the network's input.",
                min = "0",
                max = "1e30") List<Double> eps,
        @Parameter(
                label = "Slack of the pattern",
                help = "Which set of the pattern file is used; all runs each in turn.") String slack,
        @Parameter(
                label = "Class",
                help = "The class that is to win; empty for the reference's label, or for every class where no"
                        + " reference is asked for.") String targetClass,
        @Parameter(
                label = "Rival",
                help = "The other class of exclusion and of non-ambiguity; empty for every other class.",
                advanced = true) String rival,
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
                help = "argmax: the greatest score wins. argmin: the least one does, as in networks that put out"
                        + " costs (ACAS Xu).",
                advanced = true) Decision decision,
        @Parameter(
                label = "Activation margin",
                help = "How far from zero required states are. 0 takes the closed half-spaces, so that a proof"
                        + " covers the mined region.",
                min = "0",
                max = "1e30",
                advanced = true) double activationMargin,
        @Parameter(
                label = "Output margin",
                help = "By how much the class must win.",
                min = "0",
                max = "1e30",
                advanced = true) double outputMargin,
        @Parameter(
                label = "Time limit",
                help = "Most time for each instance, all rivals together.",
                unit = "s",
                min = "0",
                max = "86400") double timeout,
        @Parameter(
                label = "Engine",
                help = "ladder: all in order until one decides. A single engine runs alone: ibp, crown, alpha,"
                        + " alpha-beta (bounds), bab (branch and bound), milp (exact, small networks).") Engine engine,
        @Parameter(
                label = "Falsifier restarts",
                help = "Starts of the search for a counterexample, for each rival; 0 leaves it out.",
                min = "0",
                max = "100000",
                advanced = true) int restarts,
        @Parameter(
                label = "Falsifier steps",
                help = "Gradient steps from each start.",
                min = "1",
                max = "100000",
                advanced = true) int steps,
        @Parameter(
                label = "Threads",
                help = "0 takes those that the run has.",
                min = "0",
                max = "1024",
                advanced = true) int threads,
        @Parameter(
                label = "Soundness",
                help = "standard: float64 with a margin far above its rounding errors. rigorous: every bound is moved"
                        + " outward by all that rounding may have done.") Soundness soundness,
        @Parameter(
                label = "Largest radius",
                help = "Also bisects, for each reference, for the largest half-width that is verified, without a"
                        + " pattern and at each slack.") boolean radius,
        @Parameter(
                label = "Largest radius sought",
                help = "Upper end of that search.",
                min = "0",
                max = "1e30",
                advanced = true) double radiusMax,
        @Parameter(
                label = "Radius tolerance",
                help = "The search ends when it is this narrow.",
                min = "1e-12",
                max = "1e30",
                advanced = true) double radiusTolerance) implements ParameterSet.Checked {

    /** The word for all slacks. */
    static final String ALL = "all";

    private static final int MOST_REFERENCES = 100_000;

    /** The method's defaults. */
    public static VerifyParameters defaults() {
        return new VerifyParameters(
                Query.ROBUSTNESS,
                "0",
                List.of(0.03),
                ALL,
                "",
                "",
                0,
                1,
                Decision.ARGMAX,
                0,
                0,
                300,
                Engine.LADDER,
                30,
                100,
                0,
                Soundness.STANDARD,
                false,
                0.5,
                0.001);
    }

    @Override
    public List<ParameterProblem> problems() {
        List<ParameterProblem> problems = new ArrayList<>();
        try {
            references();
        } catch (NumberFormatException e) {
            problems.add(new ParameterProblem("indices", e.getMessage()));
        }
        if (!slack.strip().equals(ALL)) {
            try {
                Exact.parse(slack);
            } catch (NumberFormatException e) {
                problems.add(new ParameterProblem("slack", "'" + slack + "' is neither all nor a decimal or fraction"));
            }
        }
        if (!(domainLow <= domainHigh)) {
            problems.add(new ParameterProblem("domainLow", domainLow + " is above domainHigh, " + domainHigh));
        }
        return problems;
    }

    /**
     * The references, ascending, each once.
     *
     * @throws NumberFormatException with a message for the user
     */
    List<Long> references() {
        TreeSet<Long> all = new TreeSet<>();
        for (String part : indices.split(",", -1)) {
            String text = part.strip();
            if (!text.matches("[0-9]{1,15}(-[0-9]{1,15})?")) {
                throw new NumberFormatException(
                        "'" + indices + "' is not a list of samples from 0 such as 3, 0-9 or 1,4,7");
            }
            int dash = text.indexOf('-');
            long from = Long.parseLong(dash < 0 ? text : text.substring(0, dash));
            long to = dash < 0 ? from : Long.parseLong(text.substring(dash + 1));
            if (to < from || to - from + all.size() >= MOST_REFERENCES) {
                throw new NumberFormatException(
                        "'" + text + "' is not a range of at most " + MOST_REFERENCES + " samples");
            }
            for (long i = from; i <= to; i++) {
                all.add(i);
            }
        }
        return List.copyOf(all);
    }
}

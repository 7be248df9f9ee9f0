package dev.assay.analyses.nap.verify.search;

import dev.assay.analyses.nap.verify.bound.Bounds;
import dev.assay.analyses.nap.verify.proof.RegionProof;
import java.util.List;

/**
 * What is known of a region and its targets.
 *
 * @param verdict of all targets together
 * @param reason why it is unknown, or what qualifies the verdict; may be empty
 * @param targets one for each target, in their order
 * @param nonEmptiness how an input of the region is known: {@code reference}, {@code falsifier}, {@code exact}, or
 *     {@code open} when none is
 * @param free bounds of the region without its signs; null when time ran out before
 * @param bounds best bounds of the region; null when time ran out before
 * @param nodes problems of all search trees
 * @param proof what was proved, for a proof file
 */
public record Outcome(
        Verdict verdict,
        String reason,
        List<TargetOutcome> targets,
        String nonEmptiness,
        Bounds free,
        Bounds bounds,
        long nodes,
        double seconds,
        RegionProof proof) {

    /**
     * What is known of one target.
     *
     * @param lower best proved lower bound of its margin; minus infinity when none is known
     * @param witness the point of the region with the least margin known, or null
     * @param engine what decided it, or what gave the lower bound
     */
    public record TargetOutcome(
            Target target, Verdict verdict, double lower, Witness witness, String engine, double seconds, long nodes) {}

    /** The least lower bound over the targets. */
    public double lower() {
        return targets.stream().mapToDouble(TargetOutcome::lower).min().orElse(Double.NEGATIVE_INFINITY);
    }

    /** The least margin of any point known in the region; NaN without one. */
    public double upper() {
        return targets.stream()
                .filter(t -> t.witness() != null)
                .mapToDouble(t -> t.witness().margin())
                .min()
                .orElse(Double.NaN);
    }

    /** The target that was violated, or null. */
    public TargetOutcome violated() {
        return targets.stream()
                .filter(t -> t.verdict() == Verdict.FALSIFIED)
                .findFirst()
                .orElse(null);
    }

    /** The engine of the verdict: of the violated target, else of the one that was decided last in the ladder. */
    public String engine() {
        TargetOutcome violated = violated();
        if (violated != null) {
            return violated.engine();
        }
        List<String> order = List.of("ibp", "crown", "alpha", "alpha-beta", "attack", "milp", "bab");
        return targets.stream()
                .map(TargetOutcome::engine)
                .max((a, b) -> Integer.compare(order.indexOf(a), order.indexOf(b)))
                .orElse("crown");
    }
}

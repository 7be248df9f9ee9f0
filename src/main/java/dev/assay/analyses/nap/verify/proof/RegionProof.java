package dev.assay.analyses.nap.verify.proof;

import dev.assay.analyses.nap.verify.bound.Bounds;
import dev.assay.analyses.nap.verify.bound.Propagation.Row;
import java.util.List;

/**
 * Everything that shows the verdict of a region: the bounds of its layers in stages, each intersected with an
 * earlier one, and for every target where it was refuted.
 *
 * @param stages bounds of the region, each derived with those before it
 * @param targets one for each target of the region
 * @param vacancy shows that the region holds no input, or null
 */
public record RegionProof(List<Stage> stages, List<TargetProof> targets, TargetProof vacancy) {

    /** Copies the lists. */
    public RegionProof {
        stages = List.copyOf(stages);
        targets = List.copyOf(targets);
    }

    /**
     * Bounds of all layers: by intervals, by backward bounds with the starting slopes where asked for, and by the kept
     * slopes and multipliers.
     *
     * @param bounds the bounds with what they rest on
     * @param backward whether backward bounds with the starting slopes took part
     * @param prior the stage that it starts from, of a region that contains this one; -1 for none
     */
    public record Stage(Bounds bounds, boolean backward, int prior) {}

    /**
     * The proof of one target.
     *
     * @param name the target's name
     * @param rows the target's rows
     * @param stage the stage that the tree starts from
     * @param intervals whether a row is bounded by intervals alone, without slopes
     * @param refined whether every problem of the tree bounds all layers anew
     * @param tree the tree
     */
    public record TargetProof(String name, List<Row> rows, int stage, boolean intervals, boolean refined, Step tree) {}
}

package dev.assay.analyses.nap;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Exact;
import dev.assay.compute.PatternFollowing;
import dev.assay.compute.PatternMasks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The patterns of one slack and who follows them.
 *
 * @param patterns patterns of a chain of slacks
 * @param set which of them
 * @param support mined samples by class
 * @param train scores on the training samples; null when they are not at hand
 * @param test scores on the test samples; null without
 * @param region of the random points around each class, those that follow its pattern; null when none were drawn
 */
record SlackScores(Patterns patterns, int set, long[] support, SplitScores train, SplitScores test,
        SplitScores region) {

    Exact slack() {
        return patterns.slacks().get(set);
    }

    /** Number of constrained units of a class's pattern, without those left out. */
    int size(int c, long[] leftOut) {
        return patterns.size(set, c, -1, true, leftOut) + patterns.size(set, c, -1, false, leftOut);
    }

    /** Looks at the samples of the reported split as they are tested; called by several threads at once. */
    interface Watcher {

        /** @param depth {@code [rows][classes]}: number of leading slacks whose pattern is followed */
        void block(SampleStore.Block block, byte[] depth);
    }

    /**
     * Mines and tests all samples at several slacks in one go.
     *
     * @param slacks ascending
     * @param predicted whether a sample's class is the network's decision
     * @param threads how many may work on it
     * @param check called between blocks; throws to stop
     */
    static List<SlackScores> evaluate(
            Mined mined,
            List<Exact> slacks,
            boolean predicted,
            PatternFollowing kernel,
            int threads,
            Runnable check,
            Watcher watcher)
            throws AnalysisException {
        Patterns patterns = Patterns.mine(
                mined.counts(), mined.classes().size(), mined.neurons().layout(), slacks);
        Watcher nobody = (block, depth) -> {};
        PatternMasks masks = patterns.masks();
        FollowScores train =
                score(mined.train(), masks, predicted, kernel, threads, check, mined.test() == null ? watcher : nobody);
        FollowScores test =
                mined.test() == null ? null : score(mined.test(), masks, predicted, kernel, threads, check, watcher);
        FollowScores region =
                mined.region() == null ? null : score(mined.region(), masks, false, kernel, threads, check, nobody);
        List<SlackScores> all = new ArrayList<>();
        for (int s = 0; s < slacks.size(); s++) {
            all.add(new SlackScores(
                    patterns,
                    s,
                    mined.counts().support(),
                    train.finish(s),
                    test == null ? null : test.finish(s),
                    region == null ? null : region.finish(s)));
        }
        return all;
    }

    private static FollowScores score(
            SampleStore store,
            PatternMasks masks,
            boolean predicted,
            PatternFollowing kernel,
            int threads,
            Runnable check,
            Watcher watcher)
            throws AnalysisException {
        List<FollowScores> parts = new CopyOnWriteArrayList<>();
        store.forEach(threads, () -> {
            FollowScores part = new FollowScores(masks.sets(), masks.patterns());
            parts.add(part);
            byte[][] depth = new byte[1][0];
            return block -> {
                check.run();
                if (depth[0].length < block.rows() * masks.patterns()) {
                    depth[0] = new byte[Math.multiplyExact(block.rows(), masks.patterns())];
                }
                kernel.depth(block.bits(), block.rows(), masks, depth[0]);
                part.accumulate(
                        depth[0], block.rows(), predicted ? block.decisions() : block.labels(), block.decisions());
                watcher.block(block, depth[0]);
            };
        });
        FollowScores all = new FollowScores(masks.sets(), masks.patterns());
        parts.forEach(all::merge);
        return all;
    }
}

package dev.assay.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * A document made of chosen runs.
 *
 * @param title its title
 * @param blocks its parts in order
 */
public record Report(String title, List<Block> blocks) {

    /** Copies the list. */
    public Report {
        blocks = List.copyOf(blocks);
    }

    /** The keys of all runs it needs, in the order in which they are first met. */
    public List<String> runs() {
        LinkedHashSet<String> keys = new LinkedHashSet<>();
        blocks.forEach(b -> keys.addAll(b.runs()));
        return List.copyOf(keys);
    }

    /** The same report with another block at the end. */
    public Report with(Block block) {
        List<Block> all = new ArrayList<>(blocks);
        all.add(block);
        return new Report(title, all);
    }

    /** The same report with other blocks. */
    public Report withBlocks(List<Block> other) {
        return new Report(title, other);
    }

    /** The same report under another title. */
    public Report withTitle(String other) {
        return new Report(other, blocks);
    }

    /**
     * The report after its runs were done again: findings, parameters and figures stand beside their old ones with the
     * differences, summaries and provenance are those of the new runs.
     *
     * @param again the key of the new run for each key of an old one
     */
    public Report again(Map<String, String> again) {
        List<Block> changed = new ArrayList<>();
        List<String> before = runs().stream().filter(again::containsKey).toList();
        for (String old : before) {
            changed.add(new Block.Parameters(List.of(old, again.get(old))));
            changed.add(new Block.Finding(List.of(old, again.get(old)), ResultName.FIGURES, ""));
        }
        if (!before.isEmpty()) {
            changed.addFirst(new Block.Heading("What has changed", 1));
        }
        for (Block block : blocks) {
            if (block instanceof Block.Finding || block instanceof Block.Parameters) {
                LinkedHashSet<String> both = new LinkedHashSet<>();
                for (String run : block.runs()) {
                    both.add(run);
                    both.add(again.getOrDefault(run, run));
                }
                changed.add(block.about(List.copyOf(both)));
            } else {
                changed.add(block.about(block.runs().stream().map(r -> again.getOrDefault(r, r)).toList()));
            }
        }
        return new Report(title, changed);
    }
}

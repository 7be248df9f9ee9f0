package dev.assay.data;

import java.util.List;

/**
 * Labels of samples that may have several at once, or none.
 *
 * @param names the labels there are
 * @param sets {@code [sample][word]}: a bit for each label, the first one in the lowest bit of the first word
 */
public record LabelSets(List<String> names, long[][] sets) {

    /** Copies the names. */
    public LabelSets {
        names = List.copyOf(names);
    }

    /**
     * Samples with one label each, or none.
     *
     * @param classes their names
     * @param labels class of each sample, -1 for none
     */
    public static LabelSets ofClasses(List<String> classes, int[] labels) {
        long[][] sets = new long[labels.length][(classes.size() + Long.SIZE - 1) / Long.SIZE];
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] >= 0) {
                sets[i][labels[i] / Long.SIZE] = 1L << labels[i];
            }
        }
        return new LabelSets(classes, sets);
    }

    /** Whether a sample and one of others (or of these) have a label in common. */
    public boolean share(int sample, LabelSets others, int other) {
        for (int w = 0; w < sets[sample].length; w++) {
            if ((sets[sample][w] & others.sets[other][w]) != 0) {
                return true;
            }
        }
        return false;
    }

    /** Whether a sample has any label. */
    public boolean any(int sample) {
        return share(sample, this, sample);
    }

    /** The labels of a sample, joined by a comma. */
    public String text(int sample) {
        StringBuilder text = new StringBuilder();
        for (int n = 0; n < names.size(); n++) {
            if ((sets[sample][n / Long.SIZE] >>> n & 1) == 1) {
                text.append(text.isEmpty() ? "" : ", ").append(names.get(n));
            }
        }
        return text.toString();
    }
}

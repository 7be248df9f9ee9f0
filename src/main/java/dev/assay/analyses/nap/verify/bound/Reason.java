package dev.assay.analyses.nap.verify.bound;

/**
 * What the bound of a single unit rests on: slopes and multipliers, or a tree of splits that ends in them. The bound of a
 * tree is the least of its ends.
 *
 * @param multipliers of an end; null at a split, and at an end whose signs contradict its bounds
 * @param unit the unit that is split, or -1 at an end
 * @param inactive where the unit is inactive; null at an end
 * @param active where it is active; null at an end
 */
public record Reason(Held multipliers, int unit, Reason inactive, Reason active) {

    /** An end. */
    public static Reason of(Held multipliers) {
        return new Reason(multipliers, -1, null, null);
    }

    /** The same with its values in a spool. */
    Reason in(Spool spool) {
        return isSplit()
                ? new Reason(null, unit, inactive.in(spool), active.in(spool))
                : of(spool.keep(multipliers));
    }

    /** Whether it is split. */
    public boolean isSplit() {
        return unit >= 0;
    }
}

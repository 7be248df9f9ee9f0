package dev.assay.analyses.nap.verify.minimal;

import dev.assay.analyses.nap.verify.bound.Signs;

/** Whether a pattern suffices. Monotone: whatever a pattern suffices for, every refinement of it does. */
public interface Oracle {

    /**
     * Asks.
     *
     * @return true only when it is proved and the region is not known to be empty
     */
    boolean holds(Signs pattern);
}

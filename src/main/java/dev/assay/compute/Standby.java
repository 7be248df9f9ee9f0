package dev.assay.compute;

/** What the kernels of a device fall back on, and whom they tell. */
public interface Standby extends AutoCloseable {

    /** The processor's kernels. Opened at the first call. */
    Kernels processor();

    /**
     * Hears that a device failed and what is done about it.
     *
     * @param sentence for the user
     */
    void tell(String sentence);

    /** Closes the processor's kernels if they were opened. */
    @Override
    void close();
}

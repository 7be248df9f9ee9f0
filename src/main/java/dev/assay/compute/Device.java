package dev.assay.compute;

/**
 * Where kernels run.
 *
 * @param id {@code cpu}, or {@code gpu:0} and so on
 * @param name for the user, e.g. the processor's name and number of threads
 * @param kind CPU or GPU
 */
public record Device(String id, String name, Kind kind) {

    /** Kind of device. */
    public enum Kind {
        /** The processor. */
        CPU,
        /** A graphics processor. */
        GPU
    }
}

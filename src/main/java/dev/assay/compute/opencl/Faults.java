package dev.assay.compute.opencl;

/** Lets a test make calls of OpenCL fail. */
@FunctionalInterface
interface Faults {

    /** Nothing fails. */
    Faults NONE = (call, bytes) -> 0;

    /**
     * Asked before a call.
     *
     * @param call {@code allocate} or {@code launch}
     * @param bytes size of the buffer; 0 for a launch
     * @return the error code that it shall fail with, 0 for none
     */
    int before(String call, long bytes);
}

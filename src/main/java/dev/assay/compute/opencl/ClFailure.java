package dev.assay.compute.opencl;

import org.lwjgl.opencl.CL10;

/** A call of OpenCL that failed. */
final class ClFailure extends RuntimeException {

    private static final long serialVersionUID = 1;
    /** What a request for memory beyond the device's limits is answered with by {@link ClStream}. */
    static final int TOO_LARGE = CL10.CL_MEM_OBJECT_ALLOCATION_FAILURE;

    private final int code;

    ClFailure(String call, int code) {
        super(call + " failed with " + name(code));
        this.code = code;
    }

    ClFailure(String call, int code, String more) {
        super(call + " failed with " + name(code) + ": " + more);
        this.code = code;
    }

    /** Whether less memory may help. */
    boolean outOfMemory() {
        return code == CL10.CL_MEM_OBJECT_ALLOCATION_FAILURE
                || code == CL10.CL_OUT_OF_RESOURCES
                || code == CL10.CL_OUT_OF_HOST_MEMORY
                || code == CL10.CL_INVALID_BUFFER_SIZE;
    }

    static void check(String call, int code) {
        if (code != CL10.CL_SUCCESS) {
            throw new ClFailure(call, code);
        }
    }

    private static String name(int code) {
        return switch (code) {
            case CL10.CL_DEVICE_NOT_AVAILABLE -> "CL_DEVICE_NOT_AVAILABLE";
            case CL10.CL_MEM_OBJECT_ALLOCATION_FAILURE -> "CL_MEM_OBJECT_ALLOCATION_FAILURE";
            case CL10.CL_OUT_OF_RESOURCES -> "CL_OUT_OF_RESOURCES";
            case CL10.CL_OUT_OF_HOST_MEMORY -> "CL_OUT_OF_HOST_MEMORY";
            case CL10.CL_BUILD_PROGRAM_FAILURE -> "CL_BUILD_PROGRAM_FAILURE";
            case CL10.CL_INVALID_BUFFER_SIZE -> "CL_INVALID_BUFFER_SIZE";
            case CL10.CL_INVALID_WORK_GROUP_SIZE -> "CL_INVALID_WORK_GROUP_SIZE";
            case CL10.CL_INVALID_KERNEL_ARGS -> "CL_INVALID_KERNEL_ARGS";
            default -> "error " + code;
        };
    }
}

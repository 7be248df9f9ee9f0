package dev.assay.compute.opencl;

import dev.assay.compute.Device;

/**
 * A device with the handles and limits that kernels need.
 *
 * @param platform handle
 * @param handle the device's
 * @param mostBuffer bytes that one buffer may have
 * @param localMemory bytes of a work group's memory
 * @param groupSize most work items of a group
 * @param doubles whether it computes in float64
 * @param nvidia major number of NVIDIA's compute capability, 0 for devices of others
 * @param device what the user sees
 */
record ClDevice(
        long platform, long handle, long mostBuffer, long localMemory, long groupSize, boolean doubles,
        int nvidia, Device device) {

    /** Compute units, at least 1. */
    int units() {
        return Math.max(1, device.facts().units());
    }
}

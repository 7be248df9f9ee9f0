package dev.assay.compute;

import dev.assay.compute.opencl.OpenClDevice;

/** All pairs behind OpenCL, held to what the processor's kernel is held to. */
class OpenClPairDistancesTest extends PairDistancesTest {

    @Override
    Kernels kernels() {
        return OpenClDevice.kernels();
    }
}

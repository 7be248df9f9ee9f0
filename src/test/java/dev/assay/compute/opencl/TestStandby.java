package dev.assay.compute.opencl;

import dev.assay.compute.Kernels;
import dev.assay.compute.Standby;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a test's device falls back on.
 *
 * @param kernels the processor's, which the test closes itself
 * @param told takes what the user would hear
 */
record TestStandby(Supplier<Kernels> kernels, List<String> told) implements Standby {

    @Override
    public Kernels processor() {
        return kernels.get();
    }

    @Override
    public void tell(String sentence) {
        told.add(sentence);
    }

    @Override
    public void close() {}
}

package dev.assay.compute;

import java.util.function.Consumer;

/** Opens the processor's kernels when something falls back on them. */
final class LazyProcessor implements Standby {

    private final Devices devices;
    private final int threads;
    private final Consumer<String> told;
    private Kernels processor;

    LazyProcessor(Devices devices, int threads, Consumer<String> told) {
        this.devices = devices;
        this.threads = threads;
        this.told = told;
    }

    @Override
    public synchronized Kernels processor() {
        if (processor == null) {
            processor = devices.open(devices.cpu(), threads);
        }
        return processor;
    }

    @Override
    public void tell(String sentence) {
        told.accept(sentence);
    }

    @Override
    public synchronized void close() {
        if (processor != null) {
            processor.close();
        }
    }
}

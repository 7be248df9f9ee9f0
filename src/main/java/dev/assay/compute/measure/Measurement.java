package dev.assay.compute.measure;

import dev.assay.compute.CostModel;
import dev.assay.compute.Device;
import dev.assay.compute.Devices;
import dev.assay.compute.Floors;
import dev.assay.compute.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Times every kernel on every device, and what the devices can do at best, in one go. */
public final class Measurement {

    /** Calls that are timed; the median counts. */
    private static final int ROUNDS = 25;
    /** Calls before that, until the code is compiled. */
    private static final long WARM_UP_NANOS = 700_000_000;
    /** Seconds after which no further call of a kernel is timed. */
    private static final double LONG_ENOUGH = 1;

    /** A run that waits for its device's costs shall not wait long. */
    private static final double HURRY = 0.3;

    private final Devices devices;
    private final int threads;
    private final Watcher watcher;
    private final double patience;

    /** Hears how far it is. Called on the working thread. */
    public interface Watcher {

        /**
         * Before each step.
         *
         * @param done steps done
         * @param total all steps
         * @param what what is measured now
         */
        void step(int done, int total, String what);

        /** Throws to stop; called before every call of a kernel. */
        void checkCancelled();

        /** After each kernel. */
        default void measured(KernelSpeed line) {}
    }

    /**
     * @param threads of the processor
     */
    public Measurement(Devices devices, int threads, Watcher watcher) {
        this(devices, threads, watcher, 1);
    }

    /** @param patience share of the usual time that each kernel is given */
    private Measurement(Devices devices, int threads, Watcher watcher, double patience) {
        this.patience = patience;
        this.devices = devices;
        this.threads = threads;
        this.watcher = watcher;
    }

    /** What a device can do at best. */
    private record Best(double copy, double products, double doubles) {

        static Best measured(Floors floors, Runnable check) {
            return new Best(floors.copy(check), floors.products(check), floors.doubleProducts(check));
        }

        double of(Workload load) {
            return load.least(() -> copy, () -> products, () -> doubles);
        }
    }

    /** Measures all kernels on some devices. The processor comes first, since the others are compared with it. */
    public List<KernelSpeed> run(List<Device> which) {
        List<Supplier<Workload>> loads = Workloads.all();
        List<Device> order = new ArrayList<>(List.of(devices.cpu()));
        which.stream().filter(d -> !d.equals(devices.cpu())).forEach(order::add);
        int total = order.size() * (loads.size() + 1);
        int done = 0;
        List<KernelSpeed> lines = new ArrayList<>();
        Map<String, Double> processor = new HashMap<>();
        for (Device device : order) {
            try (Kernels kernels = devices.open(device, threads)) {
                watcher.step(done++, total, "What " + device.id() + " can do at best");
                watcher.checkCancelled();
                Floors floors = kernels.get(Floors.class);
                Best best = Best.measured(floors, watcher::checkCancelled);
                for (Supplier<Workload> made : loads) {
                    Workload load = made.get();
                    watcher.step(done++, total, load.name() + " on " + device.id());
                    Times times = time(load, kernels, floors);
                    processor.putIfAbsent(load.name(), times.whole());
                    KernelSpeed line = new KernelSpeed(
                            load.name(), device, load.unit(), load.work() / times.whole(), load.bytes() / times.whole(),
                            best.of(load) / times.kernel(), processor.get(load.name()) / times.whole(),
                            kernels.used().contains(device));
                    lines.add(line);
                    watcher.measured(line);
                }
            }
        }
        watcher.step(total, total, "");
        return lines;
    }

    /** Seconds of a whole call, and of the kernel alone where that can be told apart. */
    private record Times(double whole, double kernel) {}

    private Times time(Workload load, Kernels kernels, Floors floors) {
        long warm = System.nanoTime();
        do {
            watcher.checkCancelled();
            load.call().run(kernels, watcher::checkCancelled);
        } while (System.nanoTime() - warm < patience * WARM_UP_NANOS);
        List<double[]> rounds = new ArrayList<>();
        double sum = 0;
        while (rounds.size() < ROUNDS && sum < patience * LONG_ENOUGH) {
            watcher.checkCancelled();
            floors.watch();
            long begun = System.nanoTime();
            load.call().run(kernels, watcher::checkCancelled);
            double whole = (System.nanoTime() - begun) / 1e9;
            double kernel = floors.watched();
            rounds.add(new double[] {whole, Double.isNaN(kernel) ? whole : kernel});
            sum += whole;
        }
        return new Times(median(rounds, 0), median(rounds, 1));
    }

    private static double median(List<double[]> rounds, int which) {
        double[] sorted = rounds.stream().mapToDouble(r -> r[which]).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /**
     * The cost model of a device, measured now; takes some seconds.
     *
     * @param threads of the processor
     * @param check throws to stop
     */
    public static CostModel costs(Devices devices, Device device, int threads, Runnable check) {
        Measurement measurement = new Measurement(devices, threads, new Watcher() {
            @Override
            public void step(int done, int total, String what) {}

            @Override
            public void checkCancelled() {
                check.run();
            }
        }, HURRY);
        List<Supplier<Workload>> loads = Workloads.all();
        Map<String, CostModel.Rate> rates = new HashMap<>();
        try (Kernels processor = devices.open(devices.cpu(), threads);
                Kernels there = devices.open(device, threads)) {
            Floors floors = there.get(Floors.class);
            for (Supplier<Workload> made : loads) {
                Workload load = made.get();
                double here = measurement.time(load, processor, processor.get(Floors.class)).whole();
                double kernel = measurement.time(load, there, floors).kernel();
                // A kernel that fell back on the processor has computed nothing there, and never pays.
                if (kernel > 0) {
                    rates.put(
                            load.kernel().getSimpleName(),
                            new CostModel.Rate(load.work() / here, load.work() / kernel));
                }
            }
            check.run();
            return new CostModel(floors.latency(check), floors.up(check), floors.down(check), rates);
        }
    }

    /** The lines as a table of plain text, as {@code docs/performance.md} holds it. */
    public static String table(List<KernelSpeed> lines) {
        StringBuilder text = new StringBuilder(
                "| kernel | device | per second | GB/s | share of the floor | times the processor |\n"
                        + "| --- | --- | --- | --- | --- | --- |\n");
        for (KernelSpeed line : lines) {
            text.append("| ").append(String.join(" | ", Arrays.asList(line.cells()))).append(" |\n");
        }
        return text.toString();
    }
}

package dev.assay.compute.measure;

import dev.assay.compute.Device;
import dev.assay.compute.Devices;
import dev.assay.compute.Floors;
import dev.assay.compute.Kernels;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * One kernel on one device: the jobs of the devices tab, timed by JMH. What the device can do at best is measured before
 * every iteration, in the same process.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@org.openjdk.jmh.annotations.Measurement(iterations = 5, time = 1)
@Fork(1)
public class DeviceKernels {

    /** The device's id. */
    @Param("cpu")
    public String device;

    /** Place of the kernel among the jobs. */
    @Param("0")
    public int kernel;

    private Kernels kernels;
    private Workload load;
    private double floorSeconds;

    /** Sums over the iterations. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Sums {
        /** Seconds that the floor takes, one call in each iteration. */
        public double floor;
        /** Seconds that the kernel took by itself in the fastest call of each iteration, as the floor is its fastest round. */
        public double alone;
        /** Calls. */
        public int calls;
        /** Calls that the device has not done itself. */
        public int elsewhere;
    }

    /** Opens the device and makes the data. */
    @Setup(Level.Trial)
    public void open() {
        Devices devices = Devices.detect();
        kernels = devices.open(devices.choose(device).device(), Runtime.getRuntime().availableProcessors());
        load = Workloads.all().get(kernel).get();
    }

    /** Measures the floor. */
    @Setup(Level.Iteration)
    public void measureFloor() {
        Floors floors = kernels.get(Floors.class);
        Runnable check = () -> {};
        floorSeconds = load.least(
                () -> floors.copy(check), () -> floors.products(check), () -> floors.doubleProducts(check));
    }

    /** A whole call, transfers included. */
    @Benchmark
    public void call(Sums sums) {
        Floors floors = kernels.get(Floors.class);
        floors.watch();
        long begun = System.nanoTime();
        load.call().run(kernels, () -> {});
        double whole = (System.nanoTime() - begun) / 1e9;
        double alone = floors.watched();
        double kernelAlone = Double.isNaN(alone) ? whole : alone;
        sums.alone = sums.calls == 0 ? kernelAlone : Math.min(sums.alone, kernelAlone);
        sums.calls++;
        // Once in an iteration.
        sums.floor += floorSeconds;
        floorSeconds = 0;
        sums.elsewhere += kernels.used().stream().anyMatch(d -> d.id().equals(device)) ? 0 : 1;
    }

    /** Frees the device. */
    @TearDown(Level.Trial)
    public void close() {
        kernels.close();
    }

    /** The numbers of the jobs, for the parameter. */
    public static String[] jobs() {
        String[] numbers = new String[Workloads.all().size()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = String.valueOf(i);
        }
        return numbers;
    }

    /**
     * The lines of the table.
     *
     * @param results of every job on every device, the processor's among them
     */
    public static List<KernelSpeed> lines(Devices devices, Collection<RunResult> results) {
        Map<String, Double> processor = new HashMap<>();
        for (RunResult result : results) {
            if (result.getParams().getParam("device").equals("cpu")) {
                processor.put(result.getParams().getParam("kernel"), result.getPrimaryResult().getScore());
            }
        }
        List<KernelSpeed> lines = new ArrayList<>();
        for (RunResult result : results) {
            BenchmarkParams params = result.getParams();
            Device device = devices.choose(params.getParam("device")).device();
            String kernel = params.getParam("kernel");
            Workload load = Workloads.all().get(Integer.parseInt(kernel)).get();
            Map<String, Result> sums = result.getSecondaryResults();
            double whole = result.getPrimaryResult().getScore();
            double share = sums.get("floor").getScore() / sums.get("alone").getScore();
            lines.add(new KernelSpeed(
                    load.name(), device, load.unit(), load.work() / whole, load.bytes() / whole, share,
                    processor.get(kernel) / whole, sums.get("elsewhere").getScore() == 0));
        }
        return lines;
    }
}

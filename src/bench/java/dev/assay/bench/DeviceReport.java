package dev.assay.bench;

import dev.assay.compute.Device;
import dev.assay.compute.Devices;
import dev.assay.compute.measure.DeviceKernels;
import dev.assay.compute.measure.Measurement;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Every kernel on every device of this machine, by JMH, as the table of {@code docs/performance.md}. The window's devices tab
 * times the same jobs with a shorter timer of its own.
 */
public final class DeviceReport {

    private DeviceReport() {}

    /** Measures with all threads of the processor; some 10 seconds for each kernel and device. */
    public static void main(String[] args) throws RunnerException {
        Devices devices = Devices.detect();
        devices.all().forEach(d -> System.out.println(d.id() + ": " + d.name() + ", " + d.details()));
        devices.absences().forEach(System.out::println);
        OptionsBuilder options = new OptionsBuilder();
        options.include("\\.DeviceKernels\\.")
                .param("device", devices.all().stream().map(Device::id).toArray(String[]::new))
                .param("kernel", DeviceKernels.jobs());
        System.out.println(Measurement.table(DeviceKernels.lines(devices, new Runner(options.build()).run())));
    }
}

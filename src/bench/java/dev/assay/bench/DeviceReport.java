package dev.assay.bench;

import dev.assay.compute.Devices;
import dev.assay.compute.measure.Measurement;

/** Every kernel on every device of this machine as the table of {@code docs/performance.md}; the window shows the same. */
public final class DeviceReport {

    private DeviceReport() {}

    /** Measures with all threads of the processor. */
    public static void main(String[] args) {
        Devices devices = Devices.detect();
        devices.all().forEach(d -> System.out.println(d.id() + ": " + d.name() + ", " + d.details()));
        devices.absences().forEach(System.out::println);
        Measurement.Watcher quiet = new Measurement.Watcher() {
            @Override
            public void step(int done, int total, String what) {
                System.err.println(done + " of " + total + " " + what);
            }

            @Override
            public void checkCancelled() {}
        };
        Measurement measurement = new Measurement(devices, Runtime.getRuntime().availableProcessors(), quiet);
        System.out.println(Measurement.table(measurement.run(devices.all())));
    }
}

package dev.assay.compute.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.compute.Devices;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class MeasurementTest {

    @Test
    void aCancelWhileTheFloorsAreMeasuredIsHeardThere() {
        List<String> steps = new ArrayList<>();
        int[] checks = {0};
        Measurement.Watcher watcher = new Measurement.Watcher() {
            @Override
            public void step(int done, int total, String what) {
                steps.add(what);
            }

            @Override
            public void checkCancelled() {
                // The first call comes before the floors; some more come from within.
                if (++checks[0] == 4) {
                    throw new CancellationException("stop");
                }
            }
        };

        assertThatThrownBy(() -> new Measurement(Devices.detect(), 2, watcher).run(List.of()))
                .isInstanceOf(CancellationException.class);

        assertThat(steps).containsExactly("What cpu can do at best");
    }
}

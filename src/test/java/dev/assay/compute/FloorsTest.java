package dev.assay.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.compute.opencl.OpenClDevice;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

/** What a device can do at best is measured in short rounds, and a cancel is heard before each. */
class FloorsTest {

    /** One of the measurements. */
    private interface Floor {
        double measure(Floors floors, Runnable check);
    }

    private static final List<Floor> INSIDE = List.of(Floors::copy, Floors::products, Floors::doubleProducts);
    private static final List<Floor> TRANSFERS = List.of(Floors::up, Floors::down, Floors::latency);

    @Test
    void theProcessorHearsACancelInTheMiddle() {
        try (Kernels kernels = Kernels.cpu(2)) {
            INSIDE.forEach(floor -> hears(floor, kernels.get(Floors.class)));
        }
    }

    @Test
    void aDeviceBehindOpenClHearsACancelInTheMiddle() {
        Floors floors = OpenClDevice.kernels().get(Floors.class);
        INSIDE.forEach(floor -> hears(floor, floors));
        TRANSFERS.forEach(floor -> hears(floor, floors));

        // And it goes on working.
        assertThat(floors.copy(() -> {})).isPositive();
    }

    private static void hears(Floor floor, Floors floors) {
        int[] calls = {0};
        assertThatThrownBy(() -> floor.measure(floors, () -> {
            if (++calls[0] == 3) {
                throw new CancellationException("stop");
            }
        }))
                .isInstanceOf(CancellationException.class);
        assertThat(calls[0]).isEqualTo(3);
    }
}

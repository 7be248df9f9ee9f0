package dev.assay.compute.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.compute.ActivationCounting;
import dev.assay.compute.ActivationPacking;
import dev.assay.compute.BitLayout;
import dev.assay.compute.CostModel;
import dev.assay.compute.Kernels;
import dev.assay.compute.NeighbourSearch;
import dev.assay.compute.Standby;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.lwjgl.opencl.CL10;

/** A device that has too little memory, or fails: smaller tiles, then the processor; said aloud, and nothing is lost. */
class FailOverTest {

    private final List<String> told = new ArrayList<>();
    private final Kernels processor = Kernels.cpu(2);
    private final List<Kernels> opened = new ArrayList<>();

    private Kernels open(Faults faults, CostModel costs) {
        Standby standby = new TestStandby(() -> processor, told);
        Kernels kernels = new OpenClProvider().open(OpenClDevice.device(), 2, standby, costs, faults);
        opened.add(kernels);
        return kernels;
    }

    @AfterEach
    void close() {
        opened.forEach(Kernels::close);
        processor.close();
    }

    private static NeighbourSearch.Neighbours search(Kernels kernels) {
        SplittableRandom random = new SplittableRandom(1);
        int n = 500;
        float[] values = new float[n * 8];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextDouble();
        }
        NeighbourSearch.Rows rows = new NeighbourSearch.Rows(values, n, 8, null);
        return kernels.get(NeighbourSearch.class).search(rows, rows, 5, true, () -> {});
    }

    private static void isTheProcessors(NeighbourSearch.Neighbours found, Kernels processor) {
        NeighbourSearch.Neighbours expected = search(processor);
        assertThat(found.index()).isEqualTo(expected.index());
        assertThat(found.distance()).isEqualTo(expected.distance());
    }

    @Test
    void smallerTilesDoWhereMemoryIsShort() {
        Kernels kernels = open(
                (call, bytes) -> call.equals("allocate") && bytes > 12_000
                        ? CL10.CL_MEM_OBJECT_ALLOCATION_FAILURE
                        : 0,
                null);

        isTheProcessors(search(kernels), processor);

        assertThat(told).isEmpty();
        assertThat(kernels.used()).containsExactly(OpenClDevice.device());
    }

    @Test
    void memoryIsUsedAgainUntilAnErrorEndsACall() {
        int[] allocated = {0};
        Kernels kernels = open((call, bytes) -> {
            allocated[0] += call.equals("allocate") ? 1 : 0;
            return 0;
        }, null);
        search(kernels);
        allocated[0] = 0;

        search(kernels);
        assertThat(allocated[0]).isZero();

        float[] values = new float[4000];
        NeighbourSearch.Rows rows = new NeighbourSearch.Rows(values, 500, 8, null);
        int[] checks = {0};
        assertThatThrownBy(() -> kernels.get(NeighbourSearch.class).search(rows, rows, 5, true, () -> {
            if (++checks[0] == 4) {
                throw new OutOfMemoryError("no more heap");
            }
        }))
                .isInstanceOf(OutOfMemoryError.class);
        isTheProcessors(search(kernels), processor);
        assertThat(allocated[0]).isPositive();
    }

    @Test
    void theProcessorTakesOverWhereNoTileFits() {
        Kernels kernels = open((call, bytes) -> call.equals("allocate") ? CL10.CL_OUT_OF_HOST_MEMORY : 0, null);

        isTheProcessors(search(kernels), processor);

        assertThat(told).singleElement().asString().contains("memory").contains("processor");
        assertThat(kernels.used()).containsExactly(processor.device());
    }

    @Test
    void aLostDeviceIsLeftAloneAndCountsBeforeAreKept() {
        int[] launches = {0};
        Kernels kernels = open(
                (call, bytes) -> call.equals("launch") && ++launches[0] > 1 ? CL10.CL_DEVICE_NOT_AVAILABLE : 0, null);
        ActivationCounting.Tally tally = kernels.get(ActivationCounting.class).tally(1, new BitLayout(3));
        MemorySegment bits = MemorySegment.ofArray(new long[] {0b101, 0b001});

        tally.accumulate(bits, 2, new int[2], 0);
        tally.accumulate(bits, 2, new int[2], 0);
        long[] packed = new long[1];
        kernels.get(ActivationPacking.class)
                .pack(MemorySegment.ofArray(new float[] {1}), 1, 1, 1, MemorySegment.ofArray(packed), 1, 0);

        assertThat(tally.finish().support()).containsExactly(4);
        assertThat(tally.finish().active()[0]).containsExactly(4, 0, 2);
        assertThat(packed).containsExactly(1);
        assertThat(told).singleElement().asString().contains("CL_DEVICE_NOT_AVAILABLE").contains("processor");
        assertThat(launches[0]).isEqualTo(2);
        assertThat(kernels.used()).containsExactly(OpenClDevice.device(), processor.device());
    }

    @Test
    void callsThatDoNotPayStayOnTheProcessor() {
        CostModel slow = new CostModel(
                1e-1, 1e9, 1e9, Map.of(NeighbourSearch.class.getSimpleName(), new CostModel.Rate(1e9, 1e12)));
        CostModel fast = new CostModel(
                1e-9, 1e12, 1e12, Map.of(NeighbourSearch.class.getSimpleName(), new CostModel.Rate(1e9, 1e12)));
        Kernels stays = open(Faults.NONE, slow);
        Kernels goes = open(Faults.NONE, fast);

        isTheProcessors(search(stays), processor);
        isTheProcessors(search(goes), processor);

        assertThat(stays.used()).containsExactly(processor.device());
        assertThat(goes.used()).containsExactly(OpenClDevice.device());
        assertThat(told).isEmpty();
    }
}

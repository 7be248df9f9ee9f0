package dev.assay.compute.opencl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.compute.Kernels;
import dev.assay.compute.PairDistances;
import dev.assay.compute.Standby;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.lwjgl.PointerBuffer;
import org.lwjgl.opencl.CL10;
import org.lwjgl.system.MemoryStack;

/** Blocks of any size give the same bits, and a device whose compiler refuses a form of the source takes another. */
class ClPairDistancesTest {

    private final List<String> told = new ArrayList<>();
    private final List<ClContext> opened = new ArrayList<>();

    private final Standby standby = new TestStandby(
            () -> {
                throw new AssertionError("the device should do it");
            },
            told);

    @AfterEach
    void close() {
        opened.forEach(ClContext::close);
    }

    private static ClDevice device() {
        return OpenClDevice.handles();
    }

    private PairDistances kernel(ClDevice device, Faults faults) {
        ClContext context = new ClContext(device, 2, faults);
        opened.add(context);
        return new ClPairDistances(new FailOver(context, standby, null));
    }

    /** Every seventh vector is the same as the fourth. */
    private static PairDistances.Vectors vectors(int n, int length) {
        double[] values = new SplittableRandom(4).doubles((long) n * length, -1, 1).toArray();
        return new PairDistances.Vectors() {
            @Override
            public int length() {
                return length;
            }

            @Override
            public void copy(int vector, int from, int count, double[] to, int at) {
                System.arraycopy(values, (vector % 7 == 3 ? 3 : vector) * length + from, to, at, count);
            }
        };
    }

    @ParameterizedTest
    @CsvSource({
        "63, 1, 5000", "90, 600, 100000", "128, 3, 20000", "129, 5, 9000", "130, 769, 150000", "200, 17, 130000",
        "257, 2, 40000"
    })
    void smallerBlocksGiveTheSameBits(int n, int length, long most) {
        List<PairDistances.Vectors> parts = List.of(vectors(n, length), vectors(n, 3));
        int[] refused = {0};
        Faults small = (call, bytes) -> bytes > most && ++refused[0] > 0 ? CL10.CL_OUT_OF_RESOURCES : 0;

        PairDistances.Distances a = kernel(device(), Faults.NONE).distances(parts, n, () -> {});
        PairDistances.Distances b = kernel(device(), small).distances(parts, n, () -> {});

        assertThat(refused[0]).isPositive();
        assertThat(b.squared()).isEqualTo(a.squared());
        assertThat(b.nearest()).isEqualTo(a.nearest());
        assertThat(b.lengths()).isEqualTo(a.lengths());
        for (int i = 10; i < n; i += 7) {
            assertThat(a.squared()[3 * n + i]).isZero();
            assertThat(a.nearest()[i]).isEqualTo(3);
        }
        assertThat(a.nearest()[3]).isEqualTo(10);
        assertThat(told).isEmpty();
    }

    @Test
    void productsAreAddedTheSameFromBlocksOfAnySize() {
        int n = 70;
        List<PairDistances.Vectors> parts = List.of(vectors(n, 9));
        double[] a = new double[n * n];
        double[] b = new double[n * n];

        kernel(device(), Faults.NONE).addProducts(parts, n, a, () -> {});
        kernel(device(), (call, bytes) -> bytes > 3000 ? CL10.CL_OUT_OF_RESOURCES : 0)
                .addProducts(parts, n, b, () -> {});

        assertThat(b).isEqualTo(a);
        assertThat(a[3 * n + 3]).isPositive().isEqualTo(a[3 * n + 10]);
    }

    @Test
    void whatReadingAVectorThrowsIsThrownAndTheNextCallWorks() {
        int n = 300;
        PairDistances.Vectors vectors = vectors(n, 30);
        PairDistances.Vectors broken = new PairDistances.Vectors() {
            @Override
            public int length() {
                return 30;
            }

            @Override
            public void copy(int vector, int from, int count, double[] to, int at) {
                if (vector == 70) {
                    throw new UncheckedIOException(new IOException("no such vector"));
                }
                vectors.copy(vector, from, count, to, at);
            }
        };
        PairDistances kernel = kernel(device(), Faults.NONE);

        assertThatThrownBy(() -> kernel.distances(List.of(broken), n, () -> {}))
                .isInstanceOf(UncheckedIOException.class);

        assertThat(kernel.distances(List.of(vectors), n, () -> {}).squared()[3 * n + 10]).isZero();
    }

    /** Only NVIDIA's compiler takes its instructions; what it would refuse another refuses here. */
    @Test
    void aFormThatDoesNotCompileIsLeftForThePlainOne() {
        int n = 65;
        List<PairDistances.Vectors> parts = List.of(vectors(n, 20));
        ClDevice d = device();
        ClDevice pretends = new ClDevice(
                d.platform(), d.handle(), d.mostBuffer(), d.localMemory(), d.groupSize(), d.doubles(), 9, d.device());

        PairDistances.Distances found = kernel(pretends, Faults.NONE).distances(parts, n, () -> {});

        PairDistances.Distances expected = kernel(d, Faults.NONE).distances(parts, n, () -> {});
        assertThat(found.nearest()).isEqualTo(expected.nearest());
        assertThat(told).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4, 7, 10, 13, 16, 19, 22, 25})
    void aCancelBetweenBlocksGivesUpAllEvents(int calls) {
        int n = 200;
        List<PairDistances.Vectors> parts = List.of(vectors(n, 30));
        PairDistances kernel =
                kernel(device(), (call, bytes) -> bytes > 60_000 ? CL10.CL_OUT_OF_RESOURCES : 0);
        AtomicInteger left = new AtomicInteger(calls);

        assertThatThrownBy(() -> kernel.distances(parts, n, () -> {
            if (left.getAndDecrement() <= 0) {
                throw new CancellationException("stop");
            }
        }))
                .isInstanceOf(CancellationException.class);

        assertNothingKeeps(opened.removeFirst());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eventsOfAMeasurementThatWasStoppedAreGivenUp(boolean anotherFollows) {
        int n = 65;
        PairDistances kernel = kernel(device(), Faults.NONE);
        opened.getFirst().watch();
        kernel.distances(List.of(vectors(n, 20)), n, () -> {});
        if (anotherFollows) {
            opened.getFirst().watch();
            opened.getFirst().watched();
        }
        assertNothingKeeps(opened.removeFirst());
    }

    /** An event that nobody gives up would keep its queue, and that the context with all that the driver has for it. */
    private static void assertNothingKeeps(ClContext context) {
        long handle;
        long queue = context.newQueue();
        try (MemoryStack stack = MemoryStack.stackPush()) {
            PointerBuffer found = stack.mallocPointer(1);
            CL10.clGetCommandQueueInfo(queue, CL10.CL_QUEUE_CONTEXT, found, null);
            handle = found.get(0);
        }
        CL10.clRetainContext(handle);
        CL10.clReleaseCommandQueue(queue);
        context.close();
        try (MemoryStack stack = MemoryStack.stackPush()) {
            IntBuffer count = stack.mallocInt(1);
            CL10.clGetContextInfo(handle, CL10.CL_CONTEXT_REFERENCE_COUNT, count, null);
            assertThat(count.get(0)).as("only the test's own reference").isEqualTo(1);
        } finally {
            CL10.clReleaseContext(handle);
        }
    }
}

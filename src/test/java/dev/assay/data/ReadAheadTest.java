package dev.assay.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.analysis.InputException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ReadAheadTest {

    private static MemoryDataset dataset(int samples) {
        float[][] values = new float[samples][3];
        int[] labels = new int[samples];
        for (int i = 0; i < samples; i++) {
            values[i][0] = i;
            labels[i] = i % 4;
        }
        return new MemoryDataset(values, labels, 4);
    }

    @Test
    void batchesComeInOrderAndWhole() throws Exception {
        List<Float> read = new ArrayList<>();
        try (ReadAhead ahead = ReadAhead.of(dataset(10), 4)) {
            for (var next = ahead.next(); next.isPresent(); next = ahead.next()) {
                try (ReadAhead.Batch batch = next.get()) {
                    assertThat(batch.first()).isEqualTo(read.size());
                    assertThat(batch.samples().limit()).isEqualTo(batch.count() * 3);
                    assertThat(batch.samples().isDirect()).isTrue();
                    for (int i = 0; i < batch.count(); i++) {
                        read.add(batch.samples().get(3 * i));
                        assertThat(batch.label(i)).isEqualTo((int) (batch.first() + i) % 4);
                    }
                }
            }
            assertThat(ahead.next()).isEmpty();
        }
        assertThat(read).containsExactly(0f, 1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f, 9f);
    }

    @Test
    void startsWhereItIsTold() throws Exception {
        try (ReadAhead ahead = ReadAhead.of(dataset(10), 7, 4, 2)) {
            ReadAhead.Batch batch = ahead.next().orElseThrow();
            assertThat(batch.first()).isEqualTo(7);
            assertThat(batch.count()).isEqualTo(3);
            assertThat(batch.samples().get(0)).isEqualTo(7f);
        }
    }

    @Test
    void startingAtTheEndGivesNothing() throws Exception {
        try (ReadAhead ahead = ReadAhead.of(dataset(10), 10, 4, 2)) {
            assertThat(ahead.next()).isEmpty();
        }
    }

    @Test
    void aProblemComesAfterTheBatchesBeforeIt() throws Exception {
        MemoryDataset dataset = dataset(10).failAt(5);
        try (ReadAhead ahead = ReadAhead.of(dataset, 4)) {
            ahead.next().orElseThrow().close();
            assertThatThrownBy(ahead::next).isInstanceOf(InputException.class).hasMessageContaining("damaged");
        }
        assertThat(dataset.readersLeft()).isZero();
    }

    @Test
    void closingInTheMiddleLetsTheFileGo() throws Exception {
        MemoryDataset dataset = dataset(1000);
        ReadAhead ahead = ReadAhead.of(dataset, 1);
        assertThat(ahead.next()).isPresent();
        ahead.close();
        assertThat(dataset.readersLeft()).isZero();
        assertThatThrownBy(ahead::next).isInstanceOf(CancellationException.class);
    }

    @Test
    void aBatchStaysAsItIsUntilItIsClosed() throws Exception {
        try (ReadAhead ahead = ReadAhead.of(dataset(100), 0, 1, 3)) {
            ReadAhead.Batch held = ahead.next().orElseThrow();
            for (int i = 1; i < 50; i++) {
                ahead.next().orElseThrow().close();
            }
            assertThat(held.samples().get(0)).isEqualTo(0f);
            assertThat(held.first()).isZero();
        }
    }

    @Test
    void closingABatchTwiceGivesItsBufferBackOnce() throws Exception {
        try (ReadAhead ahead = ReadAhead.of(dataset(100), 0, 1, 2)) {
            ReadAhead.Batch first = ahead.next().orElseThrow();
            first.close();
            first.close();
            for (int i = 1; i < 100; i++) {
                try (ReadAhead.Batch batch = ahead.next().orElseThrow()) {
                    assertThat(batch.samples().get(0)).isEqualTo((float) i);
                    first.close();
                }
            }
        }
    }

    @Test
    void severalThreadsShareTheBatches() throws Exception {
        BitSet seen = new BitSet();
        try (ReadAhead ahead = ReadAhead.of(dataset(1000), 0, 7, 4);
                ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<Future<BitSet>> parts = new ArrayList<>();
            for (int t = 0; t < 3; t++) {
                parts.add(threads.submit(() -> {
                    BitSet mine = new BitSet();
                    for (var next = ahead.next(); next.isPresent(); next = ahead.next()) {
                        try (ReadAhead.Batch batch = next.get()) {
                            for (int i = 0; i < batch.count(); i++) {
                                mine.set((int) batch.samples().get(3 * i));
                            }
                        }
                    }
                    return mine;
                }));
            }
            for (Future<BitSet> part : parts) {
                assertThat(seen.intersects(part.get())).isFalse();
                seen.or(part.get());
            }
        }
        assertThat(seen.cardinality()).isEqualTo(1000);
    }

    @Test
    void waitingEndsWhenTheThreadIsInterrupted() {
        try (ReadAhead ahead = ReadAhead.of(dataset(100), 0, 1, 2)) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> {
                while (true) {
                    ahead.next();
                }
            })
                    .isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}

package dev.assay.compute.cpu;

import dev.assay.compute.ActivationCounting;
import dev.assay.compute.ActivationCounts;
import dev.assay.compute.BitLayout;
import dev.assay.compute.RowTasks;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Counts with the planes of {@link ClassPlanes}, large batches by several threads. */
final class VectorCounting implements ActivationCounting {

    private final RowTasks tasks;

    VectorCounting(RowTasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public Tally tally(int classes, BitLayout layout) {
        return new Shared(tasks, classes, layout);
    }

    /** A tally whose large batches are shared out among threads, each with planes of its own. */
    private static final class Shared implements Tally {

        private final RowTasks tasks;
        private final int classes;
        private final BitLayout layout;
        private final List<ClassPlanes> planes = new ArrayList<>();

        Shared(RowTasks tasks, int classes, BitLayout layout) {
            this.tasks = tasks;
            this.classes = classes;
            this.layout = layout;
            planes.add(new ClassPlanes(classes, layout));
        }

        @Override
        public void accumulate(MemorySegment bits, int rows, int[] classOf, int first) {
            long rowBytes = (long) layout.words() * Long.BYTES;
            int parts = tasks.parts(rows, rowBytes);
            while (planes.size() < parts) {
                planes.add(new ClassPlanes(classes, layout));
            }
            tasks.each(parts, () -> i -> {
                int from = (int) (rows * (long) i / parts);
                int count = (int) (rows * (i + 1L) / parts) - from;
                planes.get(i).accumulate(
                        bits.asSlice(from * rowBytes, count * rowBytes), count, classOf, first + from);
            });
        }

        @Override
        public void merge(Tally other) {
            planes.getFirst().add(other.finish());
        }

        @Override
        public ActivationCounts finish() {
            ActivationCounts[] counts = new ActivationCounts[planes.size()];
            tasks.each(counts.length, () -> i -> counts[i] = planes.get(i).finish());
            return Arrays.stream(counts).reduce(ActivationCounts::plus).orElseThrow();
        }
    }
}

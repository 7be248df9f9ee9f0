package dev.assay.compute.opencl;

import dev.assay.compute.BatchedGraphConvolution;
import dev.assay.compute.EdgeRemoval;
import dev.assay.compute.EdgeSets;
import dev.assay.compute.GraphPattern;
import dev.assay.compute.GraphProgram;
import dev.assay.compute.Kernels;
import dev.assay.compute.Standby;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.function.Supplier;

/**
 * Runs copies of a graph, a group of the device for each. Scores and probabilities are computed there; derivatives and
 * embeddings, which few calls ask for, on the processor.
 */
final class ClGraphConvolution implements BatchedGraphConvolution {

    /** Bytes of a group's own memory that a copy may take, so that a compute unit has several copies at once. */
    private static final long MOST_LOCAL = 24L << 10;

    private static final int GROUP = 64;
    private static final int MOST_COPIES = 16_384;

    private final FailOver failOver;
    private final Standby standby;

    ClGraphConvolution(FailOver failOver, Standby standby) {
        this.failOver = failOver;
        this.standby = standby;
    }

    @Override
    public Prepared prepare(GraphPattern pattern, GraphProgram program, double[] features) {
        if (!failOver.context().device().doubles()) {
            failOver.missing(BatchedGraphConvolution.class, "it does not compute in float64");
            return standby.processor().get(BatchedGraphConvolution.class).prepare(pattern, program, features);
        }
        return new Ready(failOver, pattern, program, features);
    }

    private static final class Ready implements Prepared {

        private final FailOver failOver;
        private final ClGraphProgram program;
        private final Later later;

        Ready(FailOver failOver, GraphPattern pattern, GraphProgram program, double[] features) {
            this.failOver = failOver;
            this.program = new ClGraphProgram(pattern, program, features);
            this.later = new Later(pattern, program, features);
        }

        /** The same on the processor, made ready at the first call. */
        private static final class Later {

            private final GraphPattern pattern;
            private final GraphProgram program;
            private final double[] features;
            private Prepared ready;

            Later(GraphPattern pattern, GraphProgram program, double[] features) {
                this.pattern = pattern;
                this.program = program;
                this.features = features;
            }

            synchronized Prepared on(Kernels processor) {
                if (ready == null) {
                    ready = processor.get(BatchedGraphConvolution.class).prepare(pattern, program, features);
                }
                return ready;
            }
        }

        @Override
        public int rows() {
            return program.rows();
        }

        @Override
        public void scores(double[] weights, int copies, EdgeRemoval removal, double[] scores) {
            MemorySegment from = MemorySegment.ofArray(weights);
            long copyBytes = (long) program.edges() * Double.BYTES;
            run(copies, copyBytes, () -> program.ints(removal, false, null), from, scores, cpu -> {
                later.on(cpu).scores(weights, copies, removal, scores);
                return true;
            });
        }

        @Override
        public void probabilities(EdgeSets removed, EdgeRemoval removal, double[] probabilities) {
            if (removed.words() == 0) {
                // Nothing can be removed: without words the kernel would look for weights.
                Prepared.super.probabilities(removed, removal, probabilities);
                return;
            }
            MemorySegment from =
                    MemorySegment.ofArray(removed.bits()).asSlice((long) removed.first() * Long.BYTES);
            long copyBytes = (long) removed.words() * Long.BYTES;
            run(
                    removed.copies(), copyBytes, () -> program.ints(removal, true, removed), from, probabilities,
                    cpu -> {
                        later.on(cpu).probabilities(removed, removal, probabilities);
                        return true;
                    });
        }

        private void run(
                int copies, long copyBytes, Supplier<int[]> ints, MemorySegment from, double[] out,
                FailOver.OnProcessor<Boolean> otherwise) {
            long workBytes = program.workLength() * Double.BYTES;
            long scoreBytes = (long) program.rows() * program.classes() * Double.BYTES;
            long fitting = failOver.context().budget() / 2 / (workBytes + copyBytes + scoreBytes);
            int tile = (int) Math.clamp(fitting, 1, Math.clamp((copies + 1L) / 2, 1, MOST_COPIES));
            failOver.run(
                    new FailOver.Size(
                            BatchedGraphConvolution.class, copies * copyBytes, copies * scoreBytes,
                            copies * program.work()),
                    tile, (streams, size) -> {
                        new Launches(streams, ints.get(), copyBytes).run(copies, size, from, out);
                        return true;
                    }, otherwise);
        }

        /** The launches of one try. */
        private final class Launches {

            private final ClContext.Pair streams;
            private final int[] ints;
            private final String options;
            private final long copyBytes;
            private final boolean local;
            private final boolean[] sent = new boolean[2];

            private record Part(ClStream stream, int copy, int count, MemorySegment found) {}

            Launches(ClContext.Pair streams, int[] ints, long copyBytes) {
                this.streams = streams;
                this.ints = ints;
                this.copyBytes = copyBytes;
                long room = Math.min(MOST_LOCAL, failOver.context().device().localMemory());
                this.local = program.workLength() * Double.BYTES <= room;
                this.options = local ? "-DSTATE=__local" : "-DSTATE=__global";
            }

            void run(int copies, int tile, MemorySegment from, double[] out) {
                int length = program.rows() * program.classes();
                Part before = null;
                long step = 0;
                for (int copy = 0; copy < copies; copy += tile, step++) {
                    Part now = start(streams.of(step), (int) (step & 1), copy, Math.min(tile, copies - copy), from);
                    take(before, length, out);
                    before = now;
                }
                take(before, length, out);
            }

            private Part start(ClStream stream, int which, int copy, int count, MemorySegment from) {
                if (!sent[which]) {
                    stream.send("ints", MemorySegment.ofArray(ints), (long) ints.length * Integer.BYTES);
                    double[] doubles = program.doubles();
                    stream.send("doubles", MemorySegment.ofArray(doubles), (long) doubles.length * Double.BYTES);
                    sent[which] = true;
                }
                long masks = stream.send("masks", from.asSlice(copy * copyBytes, count * copyBytes), count * copyBytes);
                long bytes = (long) count * program.rows() * program.classes() * Double.BYTES;
                long scores = stream.buffer("scores", bytes);
                long workBytes = program.workLength() * Double.BYTES;
                ClStream.Call call = stream.call("graph_convolution", options, "forward")
                        .buffer(stream.buffer("ints", 0))
                        .buffer(stream.buffer("doubles", 0))
                        .buffer(masks)
                        .buffer(masks);
                if (local) {
                    call.local(workBytes).number(0);
                } else {
                    call.buffer(stream.buffer("work", count * workBytes))
                            .number(Math.toIntExact(program.workLength()));
                }
                call.buffer(scores).run(count, 1, GROUP, 1);
                Part part = new Part(stream, copy, count, stream.fetch("scores", scores, bytes));
                stream.flush();
                return part;
            }

            private void take(Part part, int length, double[] out) {
                if (part != null) {
                    part.stream().finish();
                    MemorySegment.copy(
                            part.found(), ValueLayout.JAVA_DOUBLE, 0, out, part.copy() * length,
                            part.count() * length);
                }
            }
        }

        @Override
        public void gradients(
                double[] weights, int copies, EdgeRemoval removal, Objective objective, double[] values,
                double[] byEdge, double[] byFeature) {
            failOver.onProcessor(cpu -> {
                later.on(cpu).gradients(weights, copies, removal, objective, values, byEdge, byFeature);
                return true;
            });
        }

        @Override
        public double[] embeddings(double[] weights, EdgeRemoval removal) {
            return failOver.onProcessor(cpu -> later.on(cpu).embeddings(weights, removal));
        }
    }
}

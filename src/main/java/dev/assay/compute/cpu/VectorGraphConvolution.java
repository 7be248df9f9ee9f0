package dev.assay.compute.cpu;

import dev.assay.compute.BatchedGraphConvolution;
import dev.assay.compute.EdgeRemoval;
import dev.assay.compute.EdgeSets;
import dev.assay.compute.GraphPattern;
import dev.assay.compute.GraphProgram;
import dev.assay.compute.RowTasks;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Runs copies on several threads: of small graphs as many at once as a vector has lanes, of large ones, and for
 * derivatives, one after the other with its columns as lanes. Pattern, matrices and the product of features and first
 * matrix are shared by all copies.
 */
final class VectorGraphConvolution implements BatchedGraphConvolution {

    private final RowTasks tasks;
    private volatile GraphPlan latest;

    VectorGraphConvolution(RowTasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public Prepared prepare(GraphPattern pattern, GraphProgram program, double[] features) {
        GraphPlan plan = latest;
        if (plan == null || plan.program() != program) {
            plan = new GraphPlan(program);
            latest = plan;
        }
        return new Ready(tasks, pattern, plan, features);
    }

    private static final class Ready implements Prepared {

        /** Copies whose edges are looked up at once. */
        private static final int BLOCK = 64;

        private final RowTasks tasks;
        private final GraphPattern g;
        private final GraphPlan plan;
        private final GraphPass.Start start;
        private final long work;
        /** Passes that are at rest; as many as threads have been here at once. */
        private final Queue<GraphPass> resting = new ConcurrentLinkedQueue<>();
        private final Queue<GraphLanes> restingLanes = new ConcurrentLinkedQueue<>();

        Ready(RowTasks tasks, GraphPattern pattern, GraphPlan plan, double[] features) {
            this.tasks = tasks;
            this.g = pattern;
            this.plan = plan;
            this.start = GraphPass.Start.of(pattern, plan, features);
            this.work = plan.work(pattern) * Double.BYTES;
        }

        @Override
        public int rows() {
            return plan.program().pooling().isEmpty() ? g.rows(plan.sums()) : 1;
        }

        private GraphPass pass() {
            GraphPass pass = resting.poll();
            return pass == null ? new GraphPass(g, plan, start) : pass;
        }

        @Override
        public void scores(double[] weights, int copies, EdgeRemoval removal, double[] scores) {
            int length = rows() * plan.program().classes();
            tasks.run(copies, work, (from, to) -> {
                try (Worker worker = new Worker()) {
                    worker.scores(weights, from, to - from, removal, scores, from * length);
                }
            });
        }

        @Override
        public void probabilities(EdgeSets removed, EdgeRemoval removal, double[] probabilities) {
            int length = rows() * plan.program().classes();
            tasks.run(removed.copies(), work, (from, to) -> {
                try (Worker worker = new Worker()) {
                    int c = worker.scores(removed, from, to, removal, probabilities);
                    for (; c < to; c += BLOCK) {
                        EdgeSets block = removed.part(c, Math.min(to, c + BLOCK));
                        worker.scores(block.weights(), 0, block.copies(), removal, probabilities, c * length);
                    }
                    EdgeSets.softmax(probabilities, from * length, (to - from) * rows(), plan.program().classes());
                }
            });
        }

        /** One thread's buffers. */
        private final class Worker implements AutoCloseable {

            private final GraphPass pass = pass();
            private final GraphLanes lanes = lanes();

            private GraphLanes lanes() {
                GraphLanes rested = restingLanes.poll();
                return rested != null || !GraphLanes.fits(g, plan) ? rested : new GraphLanes(g, plan, start);
            }

            /** Copies from {@code first} on; as many at once as go together, and what is left one by one. */
            void scores(double[] weights, int first, int copies, EdgeRemoval removal, double[] out, int to) {
                int length = rows() * plan.program().classes();
                int c = 0;
                for (; lanes != null && c + GraphLanes.LANES <= copies; c += GraphLanes.LANES) {
                    lanes.scores(weights, (first + c) * g.edges(), removal, out, to + c * length);
                }
                for (; c < copies; c++) {
                    pass.forward(weights, (first + c) * g.edges(), removal, false);
                    pass.scores(out, to + c * length);
                }
            }

            /** Copies from {@code from} on, as long as there are as many as go together; returns the first that is left. */
            int scores(EdgeSets removed, int from, int to, EdgeRemoval removal, double[] out) {
                int c = from;
                for (; lanes != null && c + GraphLanes.LANES <= to; c += GraphLanes.LANES) {
                    lanes.scores(removed, c, removal, out, c * rows() * plan.program().classes());
                }
                return c;
            }

            @Override
            public void close() {
                resting.add(pass);
                if (lanes != null) {
                    restingLanes.add(lanes);
                }
            }
        }

        @Override
        public void gradients(
                double[] weights, int copies, EdgeRemoval removal, Objective objective, double[] values,
                double[] byEdge, double[] byFeature) {
            int length = rows() * plan.program().classes();
            int featureLength = g.nodes() * plan.program().inputWidth();
            tasks.run(copies, 3 * work, (from, to) -> {
                GraphPass pass = pass();
                double[] scores = new double[length];
                double[] byScore = new double[length];
                double[] edges = new double[g.edges()];
                for (int c = from; c < to; c++) {
                    pass.forward(weights, c * g.edges(), removal, true);
                    pass.scores(scores, 0);
                    Arrays.fill(byScore, 0);
                    values[c] = objective.evaluate(c, scores, byScore);
                    Arrays.fill(edges, 0);
                    pass.back(byScore, edges, byFeature, c * featureLength);
                    if (byEdge != null) {
                        System.arraycopy(edges, 0, byEdge, c * edges.length, edges.length);
                    }
                }
                resting.add(pass);
            });
        }

        @Override
        public double[] embeddings(double[] weights, EdgeRemoval removal) {
            GraphPass pass = pass();
            pass.forward(weights, 0, removal, false);
            double[] rows = pass.embedding();
            resting.add(pass);
            return rows;
        }
    }
}

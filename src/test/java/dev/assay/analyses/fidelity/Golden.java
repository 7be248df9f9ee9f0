package dev.assay.analyses.fidelity;

import dev.assay.analyses.fidelity.explain.Instance;
import dev.assay.analyses.fidelity.explain.InstanceSource;
import dev.assay.analysis.Location;
import dev.assay.compute.BatchedGraphConvolution;
import dev.assay.compute.EdgeRemoval;
import dev.assay.data.graph.GraphDataset;
import dev.assay.data.graph.GraphSample;
import dev.assay.data.graph.GraphTask;
import dev.assay.model.gnn.ExampleA;
import dev.assay.model.gnn.GnnModel;
import java.nio.file.Path;
import java.util.List;

/** Example A of robust-fidelity as an instance: 10 pairs, the square 0-1-2-3 is the explanation. */
public final class Golden {

    /** Members of the explanation among the sorted pairs. */
    public static final boolean[] SQUARE = {true, true, false, true, true, false, false, false, false, false};

    private Golden() {}

    /** The example as an instance. */
    public static Instance instance(BatchedGraphConvolution kernel, EdgeRemoval removal) throws Exception {
        return instance(kernel, removal, ExampleA.gcn(), ExampleA.graph());
    }

    /** One graph as an instance, its own label explained. */
    public static Instance instance(
            BatchedGraphConvolution kernel, EdgeRemoval removal, GnnModel model, GraphSample graph)
            throws Exception {
        return new InstanceSource(
                model, new OneGraph(List.of(graph)), kernel, new InstanceSource.Options(removal, 0, true, false))
                .open(0);
    }

    /** Graphs in memory. */
    public record OneGraph(List<GraphSample> graphs, List<String> classes) implements GraphDataset {

        /** With two classes. */
        public OneGraph(List<GraphSample> graphs) {
            this(graphs, List.of("0", "1"));
        }

        @Override
        public GraphTask task() {
            return graphs.getFirst().nodeClasses() == null ? GraphTask.GRAPH : GraphTask.NODE;
        }

        @Override
        public int size() {
            return graphs.size();
        }

        @Override
        public GraphSample graph(int index) {
            return graphs.get(index);
        }

        @Override
        public long[] classCounts() {
            return new long[] {graphs.size(), 0};
        }

        @Override
        public List<String> nodeLabels() {
            return List.of();
        }

        @Override
        public int featureWidth() {
            return graphs.getFirst().featureWidth();
        }

        @Override
        public boolean hasTruth() {
            return graphs.getFirst().truth() != null;
        }

        @Override
        public long nodes() {
            return graphs.stream().mapToLong(GraphSample::nodes).sum();
        }

        @Override
        public long edges() {
            return graphs.stream().mapToLong(GraphSample::edges).sum();
        }

        @Override
        public List<String> notes() {
            return List.of();
        }

        @Override
        public String name() {
            return "memory";
        }

        @Override
        public Location location() {
            return Location.of(Path.of("memory"));
        }

        @Override
        public List<Path> files() {
            return List.of();
        }

        @Override
        public String summary() {
            return graphs.size() + " graphs";
        }

        @Override
        public void close() {
            // Holds nothing.
        }
    }
}

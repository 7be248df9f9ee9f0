package dev.assay.data.graph;

import dev.assay.analysis.Input;
import dev.assay.analysis.InputException;
import java.util.List;

/**
 * Graphs with optional labels: many graphs whose class is to be told (graph task), or one graph whose nodes' classes are
 * (node task). Safe to use from several threads at once.
 */
public interface GraphDataset extends Input {

    /** What is classified. */
    GraphTask task();

    /** Number of graphs; 1 in a node task. */
    int size();

    /**
     * A graph.
     *
     * @param index from 0
     * @throws InputException when the files are gone
     */
    GraphSample graph(int index) throws InputException;

    /** Class names, the stored labels in ascending order; a class is an index into it. Empty without labels. */
    List<String> classes();

    /** Graphs (nodes in a node task) per class, in the order of {@link #classes()}. */
    long[] classCounts();

    /** Names of the node labels that are attributes of nodes, in ascending order; empty when there are none. */
    List<String> nodeLabels();

    /** Columns of the stored node features; 0 when none are stored. */
    int featureWidth();

    /** Whether edges say if they belong to the ground-truth explanation. */
    boolean hasTruth();

    /** Nodes of all graphs. */
    long nodes();

    /** Directed edges of all graphs. */
    long edges();

    /** What the user should know of the data that is no error (duplicate edges merged), one sentence each. */
    List<String> notes();

    /** Whether graphs, or nodes in a node task, have classes. */
    default boolean labelled() {
        return !classes().isEmpty();
    }
}

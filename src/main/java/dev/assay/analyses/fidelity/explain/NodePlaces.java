package dev.assay.analyses.fidelity.explain;

import java.util.HashMap;
import java.util.Map;

/** Where a graph's nodes stand among the nodes of a prepared neighbourhood. */
final class NodePlaces {

    private final Map<Integer, Integer> places;

    private NodePlaces(Map<Integer, Integer> places) {
        this.places = places;
    }

    static NodePlaces of(Instance instance) {
        if (instance.node() < 0) {
            return new NodePlaces(null);
        }
        Map<Integer, Integer> places = new HashMap<>();
        int[] nodes = instance.network().nodes();
        for (int i = 0; i < nodes.length; i++) {
            places.put(nodes[i], i);
        }
        return new NodePlaces(places);
    }

    int of(int node) {
        return places == null ? node : places.get(node);
    }
}

package dev.assay.analysis.result;

/**
 * What sort of thing a reference leads to. The window opens {@code sample} and {@code layer} itself; the others are
 * explained by the analysis's explorer.
 *
 * @param kind e.g. {@code sample}, {@code neuron}, {@code layer}, {@code class}
 * @param role the input that holds it, e.g. {@code test}; empty where that says nothing
 */
public record RefKind(String kind, String role) {

    /** A sample of the dataset in that role; its key is the index from 0. */
    public static RefKind sample(String role) {
        return new RefKind("sample", role);
    }

    /** A neuron of the model in that role; its key is {@code layer:unit}. */
    public static RefKind neuron(String role) {
        return new RefKind("neuron", role);
    }

    /** A layer of the model in that role; its key is the layer's name. */
    public static RefKind layer(String role) {
        return new RefKind("layer", role);
    }

    /** A stored tensor of the model in that role; its key is the tensor's name. */
    public static RefKind tensor(String role) {
        return new RefKind("tensor", role);
    }

    /** A class; its key is the class's name. */
    public static RefKind ofClass() {
        return new RefKind("class", "");
    }

    /** The reference with that key. */
    public Ref at(Object key) {
        return new Ref(this, String.valueOf(key));
    }
}

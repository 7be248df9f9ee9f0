package dev.assay.analysis;

import java.util.List;

/**
 * A reader with a name: how files of one format become an {@link Input}. Found by {@link java.util.ServiceLoader}, so
 * an analysis may bring its own kinds. Stateless; called on background threads.
 */
public interface InputKind {

    /** Stable identifier, lower-kebab-case, e.g. {@code onnx} or {@code idx}. */
    String id();

    /** Name for the user, e.g. {@code ONNX model}. */
    String title();

    /** What {@link #open} returns. */
    Class<? extends Input> type();

    /** File name endings for the file dialog, without the dot, e.g. {@code idx}, {@code gz}; empty for folders. */
    List<String> extensions();

    /** The reading options it understands. */
    default List<InputOption> options() {
        return List.of();
    }

    /**
     * Whether this kind can probably read what is at the location: by name, first bytes or the folder's content. Fast
     * (reads at most a few kilobytes) and never throws for odd content.
     */
    boolean recognises(Location location);

    /**
     * Opens it. Reads headers and checks sizes, not all the samples.
     *
     * @throws InputException when it is missing, damaged, hostile or of another kind; nothing stays open then
     */
    Input open(Location location) throws InputException;
}

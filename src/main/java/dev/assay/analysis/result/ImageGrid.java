package dev.assay.analysis.result;

import java.util.List;

/**
 * Pictures side by side.
 *
 * @param items in order
 */
public record ImageGrid(String id, String title, List<Item> items) implements Result {

    /** Copies the list. */
    public ImageGrid {
        items = List.copyOf(items);
    }

    /**
     * One picture.
     *
     * @param picture its pixels
     * @param caption short text under it
     * @param ref the thing it shows, or null
     */
    public record Item(Picture picture, String caption, Ref ref) {}
}

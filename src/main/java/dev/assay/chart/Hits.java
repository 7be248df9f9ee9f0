package dev.assay.chart;

import dev.assay.analysis.result.Ref;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.util.Optional;
import java.util.function.Consumer;

/** Finds what lies at a place of a drawn chart. Immutable, may be asked on any thread. */
public interface Hits {

    /** Nothing to find. */
    Hits NONE = new Hits() {
        @Override
        public Optional<Hit> at(double x, double y) {
            return Optional.empty();
        }

        @Override
        public Optional<Hit> step(Hit from, int dx, int dy) {
            return Optional.empty();
        }
    };

    /** Farthest distance in pixels from which a point is found. */
    double REACH = 24;

    /**
     * What is nearest to a pixel, if anything is near.
     *
     * @param x pixels from the chart's left edge
     * @param y pixels from its upper edge
     */
    Optional<Hit> at(double x, double y);

    /**
     * The next thing in a direction, as by an arrow key.
     *
     * @param from where to start, or null for the first thing
     * @param dx -1, 0 or 1 to the right
     * @param dy -1, 0 or 1 downwards
     */
    Optional<Hit> step(Hit from, int dx, int dy);

    /** The thing with that {@link Hit#place}, if it is still to be seen. */
    default Optional<Hit> find(long place) {
        return Optional.empty();
    }

    /**
     * Where the things are that belong to a selection, as {@link Hit#area} says. May take a while for a million points.
     */
    default void marked(Marked selection, Consumer<Rectangle2D> found) {}

    /** The things behind the points in an area of the chart. May take a while for a million points. */
    default void within(Shape area, Consumer<Ref> found) {}
}

package dev.assay.chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

/** What stands to the right of a plot: names of series, or a colour bar. */
interface Side {

    /** Nothing. */
    Side NONE = new Side() {
        @Override
        public double width() {
            return 0;
        }

        @Override
        public List<Drawn.Label> draw(Graphics2D g2, Rectangle2D plot, Pixels pixels) {
            return List.of();
        }
    };

    /** The room it takes, in pixels. */
    double width();

    /**
     * Draws it.
     *
     * @return its labels that stand for series
     */
    List<Drawn.Label> draw(Graphics2D g2, Rectangle2D plot, Pixels pixels);
}

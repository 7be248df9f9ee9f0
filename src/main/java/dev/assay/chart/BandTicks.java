package dev.assay.chart;

import dev.assay.analysis.result.Heatmap;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;

/**
 * Names of bands (rows, columns, places of a ranking): every band's where they can be read, else those of groups of
 * bands with marks between them, else none.
 */
final class BandTicks implements Ticks {

    private static final double LEAST_BAND = 12;

    private final List<String> names;
    private final List<Heatmap.Group> groups;
    private final Font font;
    private final double widest;

    /**
     * @param widest room for a name in pixels; longer ones are shortened
     */
    BandTicks(List<String> names, List<Heatmap.Group> groups, Font font, double widest) {
        this.names = names;
        this.groups = groups;
        this.font = font;
        this.widest = widest;
    }

    @Override
    public List<Mark> marks(Span span, double pixels, boolean horizontal) {
        int first = Math.max(0, (int) Math.ceil(span.lower()));
        int last = Math.min(names.size() - 1, (int) Math.floor(span.upper()));
        double band = pixels / span.length();
        List<Mark> marks = new ArrayList<>();
        if (band >= LEAST_BAND && (horizontal ? sideBySide(first, last, band) || turned(span, pixels) : true)) {
            for (int i = first; i <= last; i++) {
                marks.add(new Mark(i, ChartFonts.fit(font, names.get(i), widest)));
            }
            return marks;
        }
        int start = 0;
        for (Heatmap.Group group : groups) {
            double low = Math.max(start - 0.5, span.lower());
            double high = Math.min(start + group.size() - 0.5, span.upper());
            if ((high - low) * band >= LEAST_BAND) {
                marks.add(new Mark((low + high) / 2, ChartFonts.fit(font, group.name(), widest)));
            }
            start += group.size();
            if (start < names.size() && span.contains(start - 0.5)) {
                marks.add(new Mark(start - 0.5, ""));
            }
        }
        return marks;
    }

    @Override
    public boolean turned(Span span, double pixels) {
        int first = Math.max(0, (int) Math.ceil(span.lower()));
        int last = Math.min(names.size() - 1, (int) Math.floor(span.upper()));
        double band = pixels / span.length();
        return band >= LEAST_BAND && !sideBySide(first, last, band);
    }

    private boolean sideBySide(int first, int last, double band) {
        for (int i = first; i <= last; i++) {
            if (Math.min(widest, ChartFonts.width(font, names.get(i))) + 6 > band) {
                return false;
            }
        }
        return true;
    }
}

package dev.assay.chart;

import java.awt.Color;
import java.util.List;

/** Which series is in colour: all of up to eight, of more only the highlighted one and the sum over all. */
final class SeriesLook {

    private static final int MOST_IN_COLOUR = 8;

    private final ChartView view;
    private final ChartPalette palette;
    private final boolean crowded;
    private final boolean alone;
    private final boolean chosen;

    SeriesLook(List<String> names, ChartView view, ChartPalette palette) {
        this.view = view;
        this.palette = palette;
        view.colours().add(names);
        this.crowded = names.size() > Math.min(MOST_IN_COLOUR, palette.categories() + 1);
        this.alone = names.size() == 1;
        this.chosen = view.highlighted() != null && names.contains(view.highlighted());
    }

    boolean isCrowded() {
        return crowded;
    }

    boolean isHidden(String name) {
        return view.hidden().contains(name);
    }

    /** Whether the series is drawn last and named first. */
    boolean isStrong(String name) {
        return chosen ? name.equals(view.highlighted()) : crowded && SeriesColours.isTotal(name);
    }

    Color colour(String name) {
        if (alone) {
            return palette.single();
        }
        if (isStrong(name) || !crowded && !chosen) {
            return view.colours().of(name, palette);
        }
        return crowded && !(chosen && SeriesColours.isTotal(name))
                ? palette.quiet()
                : ChartPalette.fade(view.colours().of(name, palette), 0.3);
    }
}

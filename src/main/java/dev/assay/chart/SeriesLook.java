package dev.assay.chart;

import java.awt.Color;
import java.util.List;

/** Which series is in colour: all while they can be told apart, else only the highlighted one and the sum over all. */
final class SeriesLook {

    /** Lines and steps that cross each other. */
    static final int MOST_LINES = 8;

    private final ChartView view;
    private final ChartPalette palette;
    private final boolean crowded;
    private final boolean alone;
    private final boolean chosen;

    /**
     * A look.
     *
     * @param most how many series of this kind can be told apart
     */
    SeriesLook(List<String> names, int most, ChartView view, ChartPalette palette) {
        this.view = view;
        this.palette = palette;
        view.colours().add(names);
        this.crowded = names.size() > most && SeriesColours.wholes(names) > most;
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

    /** Whether another series has a colour like that of this one, so that its marks need another shape. */
    boolean isSecond(String name) {
        return !alone && view.colours().round(name, palette) % 2 == 1;
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

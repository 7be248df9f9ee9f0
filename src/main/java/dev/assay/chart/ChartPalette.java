package dev.assay.chart;

import dev.assay.analysis.result.Heatmap;
import java.awt.Color;

/**
 * Every colour of a chart, for one theme. Categories are the palette of Okabe and Ito ("Color universal design", 2008) in
 * its fixed order, quantities are viridis (van der Walt and Smith, 2015), signs are vermilion and blue around the ground.
 */
public final class ChartPalette {

    /** Opacity of a band around a line. */
    static final double BAND_OPACITY = 0.18;

    private static final Color ORANGE = new Color(0xE69F00);
    private static final Color SKY = new Color(0x56B4E9);
    private static final Color GREEN = new Color(0x009E73);
    private static final Color BLUE = new Color(0x0072B2);
    private static final Color VERMILION = new Color(0xD55E00);
    private static final Color PURPLE = new Color(0xCC79A7);
    private static final Color YELLOW = new Color(0xF0E442);

    /** Viridis at eighths. */
    private static final int[] VIRIDIS = {
        0x440154, 0x472D7B, 0x3B528B, 0x2C728E, 0x21918C, 0x28AE80, 0x5EC962, 0xADDC30, 0xFDE725
    };

    private static final ChartPalette LIGHT = new ChartPalette(
            new Color(0xFFFFFF),
            new Color(0x24292F),
            new Color(0x57606A),
            new Color(0xF6F8FA),
            new Color(0x8C959F),
            new Color(0xC4CAD1),
            BLUE,
            ORANGE, SKY, GREEN, BLUE, VERMILION, PURPLE, new Color(0x6E7781));

    private static final ChartPalette DARK = new ChartPalette(
            new Color(0x0D1117),
            new Color(0xC9D1D9),
            new Color(0x8B949E),
            new Color(0x161B22),
            new Color(0x6E7681),
            new Color(0x484F58),
            SKY,
            ORANGE, SKY, GREEN, BLUE, VERMILION, PURPLE, YELLOW, new Color(0x8B949E));

    private final Color background;
    private final Color foreground;
    private final Color muted;
    private final Color subtle;
    private final Color axis;
    private final Color quiet;
    private final Color single;
    private final Color[] categories;

    private ChartPalette(
            Color background,
            Color foreground,
            Color muted,
            Color subtle,
            Color axis,
            Color quiet,
            Color single,
            Color... categories) {
        this.background = background;
        this.foreground = foreground;
        this.muted = muted;
        this.subtle = subtle;
        this.axis = axis;
        this.quiet = quiet;
        this.single = single;
        this.categories = categories;
    }

    /** The colours of a theme. */
    public static ChartPalette of(ChartTheme theme) {
        return theme == ChartTheme.DARK ? DARK : LIGHT;
    }

    /** The panel's ground. Charts are transparent; files are painted on this. */
    public Color background() {
        return background;
    }

    /** Text and what must be read first. */
    public Color foreground() {
        return foreground;
    }

    /** Subtitles, ticks and labels. */
    public Color muted() {
        return muted;
    }

    /** A ground just off the background, for absent cells. */
    public Color subtle() {
        return subtle;
    }

    /** Axis lines and ticks. */
    public Color axis() {
        return axis;
    }

    /** Series that stand back behind the one in colour. */
    public Color quiet() {
        return quiet;
    }

    /** Grid lines: a tenth of the foreground. */
    public Color grid() {
        return fade(foreground, 0.10);
    }

    /** Number of categories that can be told apart by colour. */
    public int categories() {
        return categories.length;
    }

    /** The colour of a category, from 0; after the last come the shades of all, then it starts again. */
    public Color category(int index) {
        Color colour = categories[Math.floorMod(index, categories.length)];
        return round(index) % 2 == 0 ? colour : shade(colour);
    }

    /** How often the colours have been used up before a category. */
    int round(int index) {
        return Math.floorDiv(index, categories.length);
    }

    /** A second colour that is seen to belong to the first: half of it is ink. */
    Color shade(Color colour) {
        return mix(colour, foreground, 0.5);
    }

    /** The colour of a hue; transparent for none. */
    public Color hue(Heatmap.Hue hue) {
        return switch (hue) {
            case NONE -> new Color(0, 0, 0, 0);
            case GREY -> quiet;
            case ORANGE -> ORANGE;
            case SKY -> SKY;
            case GREEN -> GREEN;
            case BLUE -> BLUE;
            case VERMILION -> VERMILION;
            case PURPLE -> PURPLE;
        };
    }

    /** The colour of a mark in charts of one series. */
    public Color single() {
        return single;
    }

    /** The second colour of a picture, e.g. for ground truth. */
    public Color marked() {
        return VERMILION;
    }

    /** A quantity's colour, from the lowest (0) to the highest (1). */
    public Color sequential(double share) {
        double t = Math.clamp(share, 0, 1) * (VIRIDIS.length - 1);
        int i = Math.min((int) t, VIRIDIS.length - 2);
        return mix(new Color(VIRIDIS[i]), new Color(VIRIDIS[i + 1]), t - i);
    }

    /** The colour of a signed quantity: -1 is blue, 0 the ground, 1 vermilion. */
    public Color diverging(double share) {
        double t = Math.clamp(share, -1, 1);
        return mix(background, t < 0 ? BLUE : VERMILION, Math.abs(t));
    }

    /** Ink that can be read on a ground. */
    public Color inkOn(Color ground) {
        return luminance(ground) > 0.36 ? LIGHT.foreground : LIGHT.background;
    }

    /** The colour with that opacity, 0..1. */
    static Color fade(Color color, double opacity) {
        return new Color(color.getRed(), color.getGreen(), color.getBlue(), (int) Math.round(opacity * 255));
    }

    private static Color mix(Color a, Color b, double t) {
        return new Color(
                (int) Math.round(a.getRed() + (b.getRed() - a.getRed()) * t),
                (int) Math.round(a.getGreen() + (b.getGreen() - a.getGreen()) * t),
                (int) Math.round(a.getBlue() + (b.getBlue() - a.getBlue()) * t));
    }

    /** Relative luminance, WCAG 2.1. */
    static double luminance(Color c) {
        return 0.2126 * linear(c.getRed()) + 0.7152 * linear(c.getGreen()) + 0.0722 * linear(c.getBlue());
    }

    private static double linear(int channel) {
        double c = channel / 255.0;
        return c <= 0.03928 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
}

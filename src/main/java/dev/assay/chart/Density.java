package dev.assay.chart;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.List;

/** Very many points as a picture: how many fall into each little square, on a logarithmic scale. */
final class Density {

    /** Side of a square in pixels. */
    static final int SQUARE = 2;

    private static final double FAINTEST = 0.25;

    private final List<PointsDataset.Points> series;
    private final List<Color> colours;
    private final ChartPalette palette;

    Density(List<PointsDataset.Points> series, List<Color> colours, ChartPalette palette) {
        this.series = series;
        this.colours = colours;
        this.palette = palette;
    }

    /** A dataset of one point, since all are drawn at once. */
    PointsDataset trigger() {
        for (PointsDataset.Points p : series) {
            for (int i = 0; i < p.size(); i++) {
                if (p.isDrawn(i)) {
                    return new PointsDataset(List.of(new PointsDataset.Points(
                            p.name(), p.index(), new double[] {p.x()[i]}, new double[] {p.y()[i]}, null, null,
                            new int[] {p.item()[i]})));
                }
            }
        }
        return new PointsDataset(List.of());
    }

    void paint(Graphics2D g2, Pixels pixels) {
        double left = pixels.plot().getMinX();
        double top = pixels.plot().getMinY();
        int wide = (int) Math.ceil(pixels.plot().getWidth() / SQUARE);
        int high = (int) Math.ceil(pixels.plot().getHeight() / SQUARE);
        int[][] counts = new int[series.size()][wide * high];
        int most = 0;
        int[] sum = new int[wide * high];
        for (int s = 0; s < series.size(); s++) {
            PointsDataset.Points p = series.get(s);
            for (int i = 0; i < p.size(); i++) {
                double px = (pixels.x(p.x()[i]) - left) / SQUARE;
                double py = (pixels.y(p.y()[i]) - top) / SQUARE;
                if (px >= 0 && px < wide && py >= 0 && py < high) {
                    int at = ((int) py) * wide + (int) px;
                    counts[s][at]++;
                    most = Math.max(most, ++sum[at]);
                }
            }
        }
        BufferedImage image = new BufferedImage(wide, high, BufferedImage.TYPE_INT_ARGB);
        double full = Math.log1p(most);
        for (int at = 0; at < sum.length; at++) {
            if (sum[at] > 0) {
                double share = FAINTEST + (1 - FAINTEST) * Math.log1p(sum[at]) / full;
                image.setRGB(at % wide, at / wide, colour(counts, at, sum[at], share).getRGB());
            }
        }
        Object before = g2.getRenderingHint(RenderingHints.KEY_INTERPOLATION);
        g2.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        AffineTransform place = AffineTransform.getTranslateInstance(left, top);
        place.scale(SQUARE, SQUARE);
        g2.drawImage(image, place, null);
        if (before != null) {
            g2.setRenderingHint(RenderingHints.KEY_INTERPOLATION, before);
        }
    }

    private Color colour(int[][] counts, int at, int sum, double share) {
        if (series.size() == 1) {
            return palette.sequential(share);
        }
        double red = 0;
        double green = 0;
        double blue = 0;
        for (int s = 0; s < counts.length; s++) {
            double part = (double) counts[s][at] / sum;
            red += part * colours.get(s).getRed();
            green += part * colours.get(s).getGreen();
            blue += part * colours.get(s).getBlue();
        }
        return new Color((int) red, (int) green, (int) blue, (int) Math.round(share * 255));
    }
}

package dev.assay.samples;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.font.FontRenderContext;
import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Paints one digit as a 28 x 28 grey image, light on black: a glyph of a random typeface, put through a random affine
 * map, a random change of weight, an elastic distortion (a random displacement field smoothed by a Gaussian, after
 * Simard, Steinkraus and Platt, 2003) and noise. The same generator state paints the same image.
 */
final class DigitPainter {

    /** Width and height of the image in pixels. */
    static final int SIZE = 28;

    private static final int OVERSAMPLING = 4;
    private static final int CANVAS = SIZE * OVERSAMPLING;
    private static final double GLYPH_HEIGHT = 19;
    private static final double ELASTIC_SMOOTHING = 3.5;
    private static final double ELASTIC_STRENGTH = 0.9;

    private final List<Font> fonts;

    DigitPainter(List<Font> fonts) {
        this.fonts = List.copyOf(fonts);
    }

    /** @return {@code SIZE * SIZE} grey values 0..255, row by row */
    byte[] paint(int digit, SplittableRandom random) {
        double[] canvas = rasterise(glyph(digit, random), random);
        double[] dx = displacement(random);
        double[] dy = displacement(random);
        double gain = 0.75 + 0.25 * random.nextDouble();
        byte[] image = new byte[SIZE * SIZE];
        for (int y = 0; y < SIZE; y++) {
            for (int x = 0; x < SIZE; x++) {
                double ink = ink(canvas, x + dx[y * SIZE + x], y + dy[y * SIZE + x]) * gain;
                // Noise lives where there is ink, as of a pen; a few specks of dirt lie anywhere.
                double value = ink * (1 + 0.15 * random.nextGaussian());
                if (random.nextInt(400) == 0) {
                    value += 0.5 * random.nextDouble();
                }
                image[y * SIZE + x] = (byte) Math.round(255 * Math.clamp(value, 0.0, 1.0));
            }
        }
        return image;
    }

    private Shape glyph(int digit, SplittableRandom random) {
        Font font = fonts.get(random.nextInt(fonts.size()));
        Shape outline = font.createGlyphVector(
                new FontRenderContext(null, true, true), new char[] {(char) ('0' + digit)})
                .getOutline();
        Rectangle2D box = outline.getBounds2D();
        double scale = GLYPH_HEIGHT / box.getHeight();
        double height = scale * (1 + 0.06 * random.nextGaussian());
        double width = Math.min(scale * (1.1 + 0.1 * random.nextGaussian()), 22 / box.getWidth());
        AffineTransform map = new AffineTransform();
        map.scale(OVERSAMPLING, OVERSAMPLING);
        map.translate(SIZE / 2.0 + 0.5 * random.nextGaussian(), SIZE / 2.0 + 0.5 * random.nextGaussian());
        map.rotate(Math.toRadians(5 * random.nextGaussian()));
        map.shear(0.1 * random.nextGaussian(), 0);
        map.scale(width, height);
        map.translate(-box.getCenterX(), -box.getCenterY());
        return map.createTransformedShape(outline);
    }

    private static double[] rasterise(Shape glyph, SplittableRandom random) {
        BufferedImage image = new BufferedImage(CANVAS, CANVAS, BufferedImage.TYPE_BYTE_GRAY);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.setColor(Color.WHITE);
        g.fill(glyph);
        g.setStroke(new BasicStroke(
                (float) (OVERSAMPLING * 1.6 * random.nextDouble()), BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        g.draw(glyph);
        g.dispose();
        double[] canvas = new double[CANVAS * CANVAS];
        for (int i = 0; i < canvas.length; i++) {
            canvas[i] = image.getRaster().getSample(i % CANVAS, i / CANVAS, 0) / 255.0;
        }
        return canvas;
    }

    /** Mean ink of the pixel whose upper left corner lies at (x, y), in pixels of the image. */
    private static double ink(double[] canvas, double x, double y) {
        double sum = 0;
        for (int v = 0; v < OVERSAMPLING; v++) {
            for (int u = 0; u < OVERSAMPLING; u++) {
                int column = (int) Math.floor(x * OVERSAMPLING + u);
                int row = (int) Math.floor(y * OVERSAMPLING + v);
                if (column >= 0 && column < CANVAS && row >= 0 && row < CANVAS) {
                    sum += canvas[row * CANVAS + column];
                }
            }
        }
        return sum / (OVERSAMPLING * OVERSAMPLING);
    }

    /** A smooth random field of {@code SIZE * SIZE} displacements in pixels. */
    private static double[] displacement(SplittableRandom random) {
        double[] field = new double[SIZE * SIZE];
        for (int i = 0; i < field.length; i++) {
            field[i] = 2 * random.nextDouble() - 1;
        }
        double[] smooth = blur(blur(field, 1, SIZE), SIZE, 1);
        double sum = 0;
        for (double d : smooth) {
            sum += d * d;
        }
        double factor = ELASTIC_STRENGTH / Math.sqrt(sum / smooth.length);
        for (int i = 0; i < smooth.length; i++) {
            smooth[i] *= factor;
        }
        return smooth;
    }

    /** Gaussian blur along one direction, the field being repeated at its borders by reflection. */
    private static double[] blur(double[] field, int step, int across) {
        int radius = (int) Math.ceil(3 * ELASTIC_SMOOTHING);
        double[] result = new double[field.length];
        for (int line = 0; line < SIZE; line++) {
            for (int i = 0; i < SIZE; i++) {
                double sum = 0;
                double weights = 0;
                for (int k = -radius; k <= radius; k++) {
                    double weight = Math.exp(-k * k / (2 * ELASTIC_SMOOTHING * ELASTIC_SMOOTHING));
                    sum += weight * field[line * across + reflect(i + k) * step];
                    weights += weight;
                }
                result[line * across + i * step] = sum / weights;
            }
        }
        return result;
    }

    private static int reflect(int i) {
        int inside = Math.floorMod(i, 2 * SIZE);
        return inside < SIZE ? inside : 2 * SIZE - 1 - inside;
    }
}

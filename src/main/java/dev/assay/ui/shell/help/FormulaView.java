package dev.assay.ui.shell.help;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.Optional;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.AccessibleRole;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.Region;
import org.scilab.forge.jlatexmath.ParseException;
import org.scilab.forge.jlatexmath.TeXConstants;
import org.scilab.forge.jlatexmath.TeXFormula;
import org.scilab.forge.jlatexmath.TeXIcon;

/**
 * A formula. Its picture is a mask over the theme's text colour, so it follows the theme, and it is drawn twice as fine as the
 * screen, so it is sharp on fine screens too. A screen reader is given its LaTeX.
 */
final class FormulaView extends Region {

    private static final float SIZE = 17;
    private static final int FINENESS = 2;
    private static final double LEAST_SCALE = 0.7;

    private final double width;
    private final double height;
    private final double baseline;
    private final ImageView mask;

    private FormulaView(String latex, TeXIcon icon) {
        getStyleClass().add("formula");
        setAccessibleRole(AccessibleRole.TEXT);
        setAccessibleText(latex);
        width = (double) icon.getIconWidth() / FINENESS;
        height = (double) icon.getIconHeight() / FINENESS;
        baseline = height * icon.getBaseLine();
        mask = new ImageView(picture(icon));
        mask.setSmooth(true);
        setClip(mask);
        scale(1);
    }

    private void scale(double factor) {
        mask.setFitWidth(width * factor);
        mask.setFitHeight(height * factor);
        setMinSize(width * factor, height * factor);
        setPrefSize(width * factor, height * factor);
        setMaxSize(width * factor, height * factor);
    }

    /**
     * Shrinks the formula into a width, but never so far that it is hard to read.
     *
     * @return whether it fits
     */
    boolean fit(double room) {
        double factor = Math.clamp(room / width, LEAST_SCALE, 1);
        scale(factor);
        return width * factor <= room;
    }

    /**
     * A formula.
     *
     * @param display whether it stands on a line of its own
     * @return empty when it is no LaTeX that can be drawn
     */
    static Optional<FormulaView> of(String latex, boolean display) {
        try {
            TeXIcon icon = new TeXFormula(latex)
                    .createTeXIcon(
                            display ? TeXConstants.STYLE_DISPLAY : TeXConstants.STYLE_TEXT, SIZE * FINENESS);
            return Optional.of(new FormulaView(latex, icon));
        } catch (ParseException e) {
            return Optional.empty();
        }
    }

    private static Image picture(TeXIcon icon) {
        BufferedImage image = new BufferedImage(
                Math.max(1, icon.getIconWidth()), Math.max(1, icon.getIconHeight()), BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = image.createGraphics();
        icon.setForeground(Color.BLACK);
        icon.paintIcon(null, graphics, 0, 0);
        graphics.dispose();
        return SwingFXUtils.toFXImage(image, null);
    }

    @Override
    public double getBaselineOffset() {
        return baseline;
    }
}

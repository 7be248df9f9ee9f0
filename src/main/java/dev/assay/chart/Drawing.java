package dev.assay.chart;

import java.awt.Graphics2D;
import java.util.function.Consumer;

/**
 * Something that can be drawn into a file.
 *
 * @param width pixels
 * @param height pixels
 * @param title what it shows
 * @param description what it says, in one sentence
 * @param paint draws it with its upper left corner at the origin, ground included
 */
public record Drawing(int width, int height, String title, String description, Consumer<Graphics2D> paint) {}

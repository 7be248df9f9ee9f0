package dev.assay.report;

import dev.assay.analysis.result.ImageGrid;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Table;
import java.util.List;

/** A piece of a report with its data, ready to be written in any format. */
sealed interface Element {

    /** A heading; level 1 to 3. */
    record Heading(String text, int level) implements Element {}

    /** Markdown. */
    record Text(String markdown) implements Element {}

    /** A small muted line. */
    record Caption(String text) implements Element {}

    /** A chart; several in a row belong together. */
    record Picture(Result result, String setting) implements Element {}

    /** A table; one too long for a page is cut, and attached in full. */
    record Grid(Table table, String setting) implements Element {}

    /** Small pictures side by side. */
    record Pictures(ImageGrid grid, String setting) implements Element {}

    /** A bitmap in PNG. */
    record Bitmap(byte[] png, String caption) implements Element {}

    /** Key figures in a row. */
    record Figures(List<Scalar> scalars) implements Element {}

    /** Names with their values; {@code code} values are set in a fixed width. */
    record Facts(List<Fact> facts) implements Element {}

    /** One name with its value. */
    record Fact(String name, String value, boolean code) {}

    /** Something the reader must know first. */
    record Notice(String text, boolean error) implements Element {}
}

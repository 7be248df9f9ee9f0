package dev.assay.analysis.result;

import java.util.Optional;

/**
 * A column of a table.
 *
 * @param name public identifier, lower_snake_case
 * @param label heading for the user
 * @param type type of its cells
 * @param unit unit, or empty; {@code share} marks 0..1 values that are shown in percent
 * @param ref what its cells refer to, or null; the cell's text is then the reference's key
 */
public record Column(String name, String label, Type type, String unit, RefKind ref) {

    /** Type of a cell. */
    public enum Type {
        /** A String. */
        TEXT,
        /** A 64-bit integer. */
        INTEGER,
        /** A float64; NaN and null both mean absent. */
        REAL,
        /** True or false. */
        BOOLEAN
    }

    /** A text column. */
    public static Column text(String name, String label) {
        return new Column(name, label, Type.TEXT, "", null);
    }

    /** An integer column. */
    public static Column integer(String name, String label) {
        return new Column(name, label, Type.INTEGER, "", null);
    }

    /** A real column. */
    public static Column real(String name, String label, String unit) {
        return new Column(name, label, Type.REAL, unit, null);
    }

    /** A real column of values in 0..1, shown in percent. */
    public static Column share(String name, String label) {
        return real(name, label, "share");
    }

    /** A boolean column. */
    public static Column bool(String name, String label) {
        return new Column(name, label, Type.BOOLEAN, "", null);
    }

    /** The same column whose cells refer to something. */
    public Column to(RefKind kind) {
        return new Column(name, label, type, unit, kind);
    }

    /** What its cells refer to. */
    public Optional<RefKind> reference() {
        return Optional.ofNullable(ref);
    }
}

package dev.assay.data.csv;

/** What was read of one row. Problems are kept, not thrown, so that the reader can say where they are. */
final class CsvRow {

    /** Line of the file, from 1. */
    final long line;
    /** Values of the columns that are not left out. */
    final float[] values;
    /** Text of the label column, or null. */
    String label;
    /** Number of fields. */
    int fields;
    /** Column of the first value that is no number, or -1. */
    int badColumn = -1;
    /** Its text. */
    String badText;

    CsvRow(long line, int values) {
        this.line = line;
        this.values = new float[values];
    }
}

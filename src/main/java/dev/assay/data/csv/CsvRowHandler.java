package dev.assay.data.csv;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.Locale;
import java.util.Set;

/** Turns fields into numbers as they are read. */
final class CsvRowHandler extends AbstractBaseCsvCallbackHandler<CsvRow> {

    private static final Set<String> MISSING = Set.of("", "na", "n/a", "?", "null", "none", "-");
    /** Whole numbers up to this many digits are exact in float32. */
    private static final int EXACT_DIGITS = 7;

    private final CsvColumns columns;
    private final boolean values;
    private final boolean decimalComma;
    private CsvRow row;

    /**
     * @param values whether to read the values, or the label alone
     * @param decimalComma whether numbers are written as {@code 0,5}
     */
    CsvRowHandler(CsvColumns columns, boolean values, boolean decimalComma) {
        this.columns = columns;
        this.values = values;
        this.decimalComma = decimalComma;
    }

    @Override
    protected void handleBegin(long startingLineNumber) {
        row = new CsvRow(startingLineNumber, values ? columns.features() : 0);
    }

    @Override
    protected void handleField(int field, char[] buffer, int offset, int length, boolean quoted) {
        row.fields = field + 1;
        if (field >= columns.count()) {
            return;
        }
        if (field == columns.label()) {
            row.label = new String(buffer, offset, length).strip();
        } else if (values && columns.feature(field) >= 0) {
            row.values[columns.feature(field)] = number(field, buffer, offset, length);
        }
    }

    private float number(int field, char[] buffer, int offset, int length) {
        if (length > 0 && length <= EXACT_DIGITS) {
            int number = 0;
            int i = 0;
            while (i < length && buffer[offset + i] >= '0' && buffer[offset + i] <= '9') {
                number = number * 10 + buffer[offset + i] - '0';
                i++;
            }
            if (i == length) {
                return number;
            }
        }
        String text = new String(buffer, offset, length).strip();
        Float parsed = parse(text, decimalComma);
        if (parsed == null) {
            if (row.badColumn < 0) {
                row.badColumn = field;
                row.badText = text;
            }
            return Float.NaN;
        }
        return parsed;
    }

    /** The same for numbers with a decimal comma, of which none has a point. */
    static Float parse(String text, boolean decimalComma) {
        if (!decimalComma) {
            return parse(text);
        }
        return text.indexOf('.') >= 0 ? null : parse(text.replace(',', '.'));
    }

    /** A decimal number, {@code nan} or {@code inf}; null for anything else. */
    static Float parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        switch (lower) {
            case "nan", "+nan", "-nan" :
                return Float.NaN;
            case "inf", "+inf", "infinity", "+infinity" :
                return Float.POSITIVE_INFINITY;
            case "-inf", "-infinity" :
                return Float.NEGATIVE_INFINITY;
            default :
                break;
        }
        // Java alone writes numbers with a closing d or f, or in hexadecimal
        if (lower.isEmpty() || lower.endsWith("d") || lower.endsWith("f") || lower.contains("x")) {
            return null;
        }
        try {
            return Float.parseFloat(lower);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Whether a text stands for a missing value. */
    static boolean isMissing(String text) {
        return MISSING.contains(text.toLowerCase(Locale.ROOT));
    }

    @Override
    protected CsvRow buildRecord() {
        return row;
    }
}

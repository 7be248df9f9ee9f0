package dev.assay.ui.view;

import dev.assay.analysis.Exact;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Table;
import dev.assay.ui.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A filter on a table's rows, as typed into the filter box. Terms are separated by spaces and must all hold:
 *
 * <ul>
 *   <li>a comparison {@code column < 0.8}, with one of {@code < <= > >= = !=}; the column by its name or its heading
 *       (in quotes when it has spaces), the value a number, a fraction, a percentage or a text;
 *   <li>{@code column:text}, which looks for the text in one column;
 *   <li>a text (in quotes when it has spaces), which looks into all columns: inside texts, and for numbers as a whole.
 * </ul>
 *
 * <p>Upper and lower case are the same. An absent cell satisfies no comparison but {@code !=}.
 */
public final class RowFilter {

    private static final String QUOTED_OR_WORD = "\"[^\"]*\"|[^\\s\"<>=!:]+";
    private static final Pattern COMPARISON =
            Pattern.compile(
                    "\\G\\s*(" + QUOTED_OR_WORD + ")\\s*(<=|>=|!=|<>|==|=|<|>|:)\\s*(\"[^\"]*\"|[^\\s\"<>=!]+)");
    private static final Pattern UNFINISHED =
            Pattern.compile("\\G\\s*(" + QUOTED_OR_WORD + ")\\s*(<=|>=|!=|<>|==|=|<|>|!)\\s*$");
    private static final Pattern WORD = Pattern.compile("\\G\\s*(\"[^\"]*\"|[^\\s\"]+)");

    private final List<Term> terms;

    private interface Term {
        IntPredicate on(Table table);
    }

    private RowFilter(List<Term> terms) {
        this.terms = List.copyOf(terms);
    }

    /** Lets every row through. */
    public static RowFilter all() {
        return new RowFilter(List.of());
    }

    /**
     * Reads a filter.
     *
     * @param text as typed; blank lets everything through
     * @param columns the table's columns
     * @throws IllegalArgumentException with a message for the user, when a comparison names no column or its value is
     *     not a number where one is needed
     */
    public static RowFilter parse(String text, List<Column> columns) {
        List<Term> terms = new ArrayList<>();
        int at = 0;
        Matcher comparison = COMPARISON.matcher(text);
        Matcher unfinished = UNFINISHED.matcher(text);
        Matcher word = WORD.matcher(text);
        while (at < text.length() && !text.substring(at).isBlank()) {
            if (comparison.find(at)) {
                terms.add(comparison(
                        unquoted(comparison.group(1)), comparison.group(2), unquoted(comparison.group(3)), columns));
                at = comparison.end();
            } else if (unfinished.find(at)) {
                throw new IllegalArgumentException(Texts.of("filter.unfinished", unfinished.group(1)));
            } else if (word.find(at)) {
                terms.add(search(unquoted(word.group(1))));
                at = word.end();
            } else {
                throw new IllegalArgumentException(Texts.of("filter.quotation"));
            }
        }
        return new RowFilter(terms);
    }

    /** A filter that lets only those of the rows through that pass a further test. */
    RowFilter and(Function<Table, IntPredicate> further) {
        List<Term> more = new ArrayList<>(terms);
        more.add(further::apply);
        return new RowFilter(more);
    }

    /** Whether every row passes. */
    public boolean isEmpty() {
        return terms.isEmpty();
    }

    /** The test for the rows of a table with the columns that the filter was read for. */
    public IntPredicate on(Table table) {
        return terms.stream().map(t -> t.on(table)).reduce(row -> true, IntPredicate::and);
    }

    private static String unquoted(String text) {
        return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text;
    }

    private static Term search(String text) {
        String wanted = text.toLowerCase(Locale.ROOT);
        double number = number(text);
        return table -> row -> {
            for (int c = 0; c < table.columns().size(); c++) {
                Object value = table.value(row, c);
                boolean hit = value instanceof Number n
                        ? n.doubleValue() == number
                        : value != null && shown(value).contains(wanted);
                if (hit) {
                    return true;
                }
            }
            return false;
        };
    }

    private static Term comparison(String name, String operator, String text, List<Column> columns) {
        int column = find(name, columns);
        Column.Type type = columns.get(column).type();
        String wanted = text.toLowerCase(Locale.ROOT);
        if (operator.equals(":")) {
            return table -> row -> {
                Object value = table.value(row, column);
                return value != null && shown(value).contains(wanted);
            };
        }
        double number = number(text);
        boolean numeric = type == Column.Type.INTEGER || type == Column.Type.REAL;
        if (Double.isNaN(number) && numeric) {
            throw new IllegalArgumentException(Texts.of("filter.number", text));
        }
        boolean ordering = !operator.contains("=") && !operator.equals("<>") || operator.matches("[<>]=");
        if (Double.isNaN(number) && ordering) {
            throw new IllegalArgumentException(Texts.of("filter.texts"));
        }
        return table -> row -> {
            Object value = table.value(row, column);
            double found =
                    value instanceof Number n ? n.doubleValue() : value == null ? Double.NaN : number(value.toString());
            boolean equal = Double.isNaN(number) || Double.isNaN(found)
                    ? value != null && shown(value).equals(wanted)
                    : found == number;
            return switch (operator) {
                case "<" -> found < number;
                case "<=" -> found <= number;
                case ">" -> found > number;
                case ">=" -> found >= number;
                case "!=", "<>" -> !equal;
                default -> equal;
            };
        };
    }

    private static int find(String name, List<Column> columns) {
        for (int c = 0; c < columns.size(); c++) {
            if (columns.get(c).name().equalsIgnoreCase(name)
                    || columns.get(c).label().equalsIgnoreCase(name)) {
                return c;
            }
        }
        throw new IllegalArgumentException(
                Texts.of("filter.column", name, columns.stream().map(Column::name).collect(Collectors.joining(", "))));
    }

    private static String shown(Object value) {
        return value instanceof Boolean b ? (b ? "yes" : "no") : value.toString().toLowerCase(Locale.ROOT);
    }

    /** A decimal, a fraction or a percentage as a number; NaN for anything else. */
    private static double number(String text) {
        String stripped = text.strip();
        boolean percent = stripped.endsWith("%");
        try {
            double value = Exact.parse(percent ? stripped.substring(0, stripped.length() - 1) : stripped)
                    .toDouble();
            return percent ? value / 100 : value;
        } catch (NumberFormatException e) {
            return Double.NaN;
        }
    }
}

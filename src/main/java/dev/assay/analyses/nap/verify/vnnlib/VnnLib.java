package dev.assay.analyses.nap.verify.vnnlib;

import dev.assay.analysis.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads VNN-LIB: constants {@code X_i} and {@code Y_i}, assertions built from {@code and}, {@code or}, {@code <=} and
 * {@code >=} over variables and decimals. The assertions describe the unsafe set and are turned into disjunctive normal
 * form.
 */
public final class VnnLib {

    /** More cases than any benchmark has; a product of disjunctions must not ask for all the memory. */
    private static final int MOST_CASES = 10_000;

    private static final int DEEPEST = 200;

    private final Tokens tokens;
    private final String where;
    private int inputs;
    private int outputs;
    private List<List<Atom>> cases = List.of(List.of());

    private VnnLib(String text, String where) {
        this.tokens = new Tokens(text, where);
        this.where = where;
    }

    /** A side of a comparison: a variable of the inputs or the outputs, or a number. */
    private record Operand(char kind, int index, double value) {}

    /** a at most b. */
    private record Atom(Operand a, Operand b) {}

    /**
     * Reads a property.
     *
     * @param text the file's text
     * @param where the file's name for messages
     * @throws InputException for a syntax error, with line and column, an input without bounds, or more than 10,000
     *     cases
     */
    public static Property parse(String text, String where) throws InputException {
        return new VnnLib(text, where).read();
    }

    private Property read() throws InputException {
        while (tokens.peek() != null) {
            tokens.expect("(");
            String command = tokens.peek();
            if ("declare-const".equals(command)) {
                declare();
            } else if ("assert".equals(command)) {
                tokens.next();
                cases = product(cases, expression(0));
            } else {
                throw tokens.error("'" + command + "' is not a command of VNN-LIB");
            }
            tokens.expect(")");
        }
        if (inputs == 0 || outputs == 0) {
            throw new InputException(
                    "the property declares " + inputs + " inputs and " + outputs + " outputs",
                    where,
                    "declare X_0, X_1, ... and Y_0, Y_1, ...");
        }
        List<Property.Case> list = new ArrayList<>();
        for (List<Atom> atoms : cases) {
            list.add(build(atoms));
        }
        return new Property(inputs, outputs, list);
    }

    private void declare() throws InputException {
        tokens.next();
        String name = tokens.peek();
        if (name == null || !name.matches("[XY]_(0|[1-9][0-9]{0,7})")) {
            throw tokens.error("'" + name + "' is not a variable X_i or Y_i");
        }
        int index = Integer.parseInt(name.substring(2));
        boolean input = name.charAt(0) == 'X';
        if (index != (input ? inputs : outputs)) {
            throw tokens.error("'" + name + "' is declared where " + name.charAt(0) + "_"
                    + (input ? inputs : outputs) + " is next");
        }
        tokens.next();
        tokens.expect("Real");
        if (input) {
            inputs++;
        } else {
            outputs++;
        }
    }

    private List<List<Atom>> expression(int depth) throws InputException {
        if (depth > DEEPEST) {
            throw tokens.error("expressions nest more than " + DEEPEST + " deep");
        }
        tokens.expect("(");
        String operator = tokens.peek();
        List<List<Atom>> result;
        switch (operator == null ? "" : operator) {
            case "and" -> {
                tokens.next();
                result = List.of(List.of());
                while ("(".equals(tokens.peek())) {
                    result = product(result, expression(depth + 1));
                }
            }
            case "or" -> {
                tokens.next();
                List<List<Atom>> union = new ArrayList<>();
                while ("(".equals(tokens.peek())) {
                    union.addAll(expression(depth + 1));
                    checkCount(union.size());
                }
                result = union;
            }
            case "<=", ">=" -> {
                tokens.next();
                Operand a = operand();
                Operand b = operand();
                result = List.of(List.of(operator.equals("<=") ? new Atom(a, b) : new Atom(b, a)));
            }
            default -> throw tokens.error("'" + operator + "' is not one of and, or, <=, >=");
        }
        tokens.expect(")");
        return result;
    }

    private List<List<Atom>> product(List<List<Atom>> a, List<List<Atom>> b) throws InputException {
        checkCount((long) a.size() * b.size());
        if (a.size() == 1 && b.size() == 1 && a.getFirst() instanceof ArrayList<Atom> grown) {
            grown.addAll(b.getFirst());
            return a;
        }
        List<List<Atom>> product = new ArrayList<>();
        for (List<Atom> x : a) {
            for (List<Atom> y : b) {
                List<Atom> both = new ArrayList<>(x);
                both.addAll(y);
                product.add(both);
            }
        }
        return product;
    }

    private void checkCount(long count) throws InputException {
        if (count > MOST_CASES) {
            throw tokens.error("the property has " + count + " cases, more than " + MOST_CASES);
        }
    }

    private Operand operand() throws InputException {
        String text = tokens.peek();
        if (text != null && text.matches("[XY]_(0|[1-9][0-9]{0,7})")) {
            char kind = text.charAt(0);
            int index = Integer.parseInt(text.substring(2));
            if (index >= (kind == 'X' ? inputs : outputs)) {
                throw tokens.error("'" + text + "' is not declared");
            }
            tokens.next();
            return new Operand(kind, index, 0);
        }
        try {
            double value = Double.parseDouble(text == null ? "" : text);
            if (Double.isFinite(value)) {
                tokens.next();
                return new Operand('#', -1, value);
            }
        } catch (NumberFormatException e) {
            // Said below, with the other values that are none.
        }
        throw tokens.error("'" + text + "' is neither a declared variable nor a number");
    }

    private Property.Case build(List<Atom> atoms) throws InputException {
        double[] low = new double[inputs];
        double[] high = new double[inputs];
        Arrays.fill(low, Double.NEGATIVE_INFINITY);
        Arrays.fill(high, Double.POSITIVE_INFINITY);
        List<Property.Row> rows = new ArrayList<>();
        for (Atom atom : atoms) {
            Operand a = atom.a();
            Operand b = atom.b();
            if (a.kind() == 'X' && b.kind() == '#') {
                high[a.index()] = Math.min(high[a.index()], b.value());
            } else if (a.kind() == '#' && b.kind() == 'X') {
                low[b.index()] = Math.max(low[b.index()], a.value());
            } else if (a.kind() == 'X' || b.kind() == 'X') {
                throw new InputException(
                        "an input is compared with another variable", where, "compare inputs with numbers only");
            } else {
                double[] row = new double[outputs];
                double constant = add(a, 1, row) + add(b, -1, row);
                rows.add(new Property.Row(row, constant));
            }
        }
        for (int i = 0; i < inputs; i++) {
            if (Double.isInfinite(low[i]) || Double.isInfinite(high[i])) {
                throw new InputException(
                        "the input X_" + i + " has no " + (Double.isInfinite(low[i]) ? "lower" : "upper") + " bound",
                        where,
                        "assert both bounds of every input");
            }
        }
        return new Property.Case(low, high, rows);
    }

    private static double add(Operand operand, double sign, double[] row) {
        if (operand.kind() == '#') {
            return sign * operand.value();
        }
        row[operand.index()] += sign;
        return 0;
    }
}

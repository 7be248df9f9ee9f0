package dev.assay.analyses.nap.verify.search;

import dev.assay.analyses.nap.verify.bound.Propagation.Row;
import java.util.List;

/**
 * One way to violate a property: all rows at most 0 at once. It is refuted where at every point of a region some row is
 * above 0.
 *
 * @param name the rival class, or the number of the case
 * @param rows functions of the scores; the margin is the greatest of them
 */
public record Target(String name, List<Row> rows) {

    /** Copies the list; a target without rows is violated by any point at all, so only an empty region refutes it. */
    public Target {
        rows = List.copyOf(rows);
    }

    /** The target that only an empty region refutes, as one row that is zero. */
    public static Target presence(int outputs) {
        return new Target("any input", List.of(new Row(new double[outputs], 0)));
    }

    /** Whether it asks only whether there is an input at all. */
    public boolean isPresence() {
        return rows.size() == 1
                && rows.getFirst().constant() == 0
                && java.util.Arrays.stream(rows.getFirst().coefficients()).allMatch(c -> c == 0);
    }

    /** The margin at scores: at most 0 where the property is violated. */
    public double margin(double[] scores) {
        double most = Double.NEGATIVE_INFINITY;
        for (Row row : rows) {
            most = Math.max(most, row.at(scores));
        }
        return most;
    }

    /** The row that makes the margin. */
    Row worst(double[] scores) {
        Row worst = rows.getFirst();
        for (Row row : rows) {
            worst = row.at(scores) > worst.at(scores) ? row : worst;
        }
        return worst;
    }

    /** The rows to bound: each alone, and of several their mean, which may be above 0 where none is alone. */
    List<Row> candidates() {
        if (rows.size() == 1) {
            return rows;
        }
        double[] mean = new double[rows.getFirst().coefficients().length];
        double constant = 0;
        for (Row row : rows) {
            for (int i = 0; i < mean.length; i++) {
                mean[i] += row.coefficients()[i] / rows.size();
            }
            constant += row.constant() / rows.size();
        }
        List<Row> all = new java.util.ArrayList<>(rows);
        all.add(new Row(mean, constant));
        return all;
    }
}

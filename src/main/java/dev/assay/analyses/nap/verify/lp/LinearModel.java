package dev.assay.analyses.nap.verify.lp;

import java.util.Arrays;

/**
 * A linear or mixed-integer program that grows: columns (variables) with their ends, rows (constraints) with theirs,
 * and the cost that is minimised. Rows are filled one after the other.
 */
final class LinearModel {

    /** No end. */
    static final double INFINITE = Double.POSITIVE_INFINITY;

    private double[] cost = new double[64];
    private double[] low = new double[64];
    private double[] high = new double[64];
    private int[] integer = new int[64];
    private int columns;

    private double[] rowLow = new double[64];
    private double[] rowHigh = new double[64];
    private int[] starts = new int[64];
    private int rows;

    private int[] index = new int[1024];
    private double[] value = new double[1024];
    private int entries;
    private boolean anyInteger;

    /** A variable between two ends; gives its number. */
    int column(double from, double to) {
        if (columns == cost.length) {
            int size = columns * 2;
            cost = Arrays.copyOf(cost, size);
            low = Arrays.copyOf(low, size);
            high = Arrays.copyOf(high, size);
            integer = Arrays.copyOf(integer, size);
        }
        low[columns] = from;
        high[columns] = to;
        return columns++;
    }

    /** A variable that is 0 or 1; gives its number. */
    int binary() {
        int column = column(0, 1);
        integer[column] = 1;
        anyInteger = true;
        return column;
    }

    /** A constraint between two ends; gives its number. Coefficients that follow belong to it. */
    int row(double from, double to) {
        if (rows == rowLow.length) {
            int size = rows * 2;
            rowLow = Arrays.copyOf(rowLow, size);
            rowHigh = Arrays.copyOf(rowHigh, size);
            starts = Arrays.copyOf(starts, size);
        }
        rowLow[rows] = from;
        rowHigh[rows] = to;
        starts[rows] = entries;
        return rows++;
    }

    /** A coefficient of the last row; each column at most once. */
    void coefficient(int column, double factor) {
        if (entries == index.length) {
            index = Arrays.copyOf(index, entries * 2);
            value = Arrays.copyOf(value, entries * 2);
        }
        index[entries] = column;
        value[entries++] = factor;
    }

    /** Moves both ends of the last row apart. */
    void widen(double by) {
        rowLow[rows - 1] -= by;
        rowHigh[rows - 1] += by;
    }

    /** The cost of a column. */
    void cost(int column, double factor) {
        cost[column] = factor;
    }

    int columns() {
        return columns;
    }

    int rows() {
        return rows;
    }

    int entries() {
        return entries;
    }

    boolean hasIntegers() {
        return anyInteger;
    }

    double[] costs() {
        return Arrays.copyOf(cost, columns);
    }

    double[] lows() {
        return Arrays.copyOf(low, columns);
    }

    double[] highs() {
        return Arrays.copyOf(high, columns);
    }

    int[] integers() {
        return Arrays.copyOf(integer, columns);
    }

    double[] rowLows() {
        return Arrays.copyOf(rowLow, rows);
    }

    double[] rowHighs() {
        return Arrays.copyOf(rowHigh, rows);
    }

    int[] starts() {
        return Arrays.copyOf(starts, rows);
    }

    int[] indices() {
        return Arrays.copyOf(index, entries);
    }

    double[] values() {
        return Arrays.copyOf(value, entries);
    }
}

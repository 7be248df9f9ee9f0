package dev.assay.analyses.nap.verify.bound;

/**
 * A box of inputs, in the model's input units. The arrays must not be changed.
 *
 * @param low lower ends
 * @param high upper ends, as many, none below its lower end
 */
public record Box(double[] low, double[] high) {

    /** Checks the ends. */
    public Box {
        if (low.length != high.length) {
            throw new IllegalArgumentException(low.length + " lower and " + high.length + " upper ends");
        }
        for (int i = 0; i < low.length; i++) {
            if (!(low[i] <= high[i])) {
                throw new IllegalArgumentException("input " + i + ": " + low[i] + " is above " + high[i]);
            }
        }
    }

    /** Whether a point lies inside, its border included. */
    public boolean contains(double[] x) {
        for (int i = 0; i < low.length; i++) {
            if (!(x[i] >= low[i] && x[i] <= high[i])) {
                return false;
            }
        }
        return true;
    }

    /** The middle of an input's interval. */
    public double middle(int input) {
        return low[input] / 2 + high[input] / 2;
    }

    /** Whether there is a number between the ends of an input's interval, its middle. */
    public boolean isDivisible(int input) {
        double at = middle(input);
        return at > low[input] && at < high[input];
    }

    /** The half of this box below or above a value of one input. */
    public Box half(int input, double at, boolean upper) {
        double[] l = low;
        double[] h = high;
        if (upper) {
            l = low.clone();
            l[input] = at;
        } else {
            h = high.clone();
            h[input] = at;
        }
        return new Box(l, h);
    }

    /** Moves a point into the box. */
    public void clamp(double[] x) {
        for (int i = 0; i < x.length; i++) {
            x[i] = Math.clamp(x[i], low[i], high[i]);
        }
    }
}

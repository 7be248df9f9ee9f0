package dev.assay.model.gnn;

/** Adam (Kingma and Ba 2015) with decay 0.9 and 0.999 and 1e-8 in the divisor, on one vector of parameters. */
public final class Adam {

    private static final double FIRST = 0.9;
    private static final double SECOND = 0.999;
    private static final double EPSILON = 1e-8;

    private final double learningRate;
    private final double weightDecay;
    private final double[] mean;
    private final double[] square;
    private double firstPower = 1;
    private double secondPower = 1;

    /**
     * Starts with empty moments.
     *
     * @param size number of parameters
     * @param weightDecay multiple of a parameter that is added to its derivative; 0 for none
     */
    public Adam(int size, double learningRate, double weightDecay) {
        this.learningRate = learningRate;
        this.weightDecay = weightDecay;
        this.mean = new double[size];
        this.square = new double[size];
    }

    /**
     * One step.
     *
     * @param parameters changed in place
     * @param gradient derivatives of what is made small
     */
    public void step(double[] parameters, double[] gradient) {
        firstPower *= FIRST;
        secondPower *= SECOND;
        for (int i = 0; i < parameters.length; i++) {
            double g = gradient[i] + weightDecay * parameters[i];
            mean[i] = FIRST * mean[i] + (1 - FIRST) * g;
            square[i] = SECOND * square[i] + (1 - SECOND) * g * g;
            double along = mean[i] / (1 - firstPower);
            double size = Math.sqrt(square[i] / (1 - secondPower)) + EPSILON;
            parameters[i] -= learningRate * along / size;
        }
    }
}

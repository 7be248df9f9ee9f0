package dev.assay.analyses.fidelity.explain;

/**
 * The small network that tells how much an edge matters from what its ends have become: linear, relu, linear
 * (Luo et al. 2020; gnn-models-and-explainers, explainers 7). The input is the sender's row, the receiver's row and, in a
 * node task, the explained node's row.
 *
 * @param width of a node's row
 * @param parts rows side by side, 2 or 3
 * @param hidden width of the hidden layer
 * @param parameters first matrix {@code [parts * width][hidden]}, its bias, second matrix {@code [hidden]}, its bias
 */
record PgNetwork(int width, int parts, int hidden, double[] parameters) {

    /** Random start, uniform within one over the root of the inputs, as PyTorch's linear layers. */
    static PgNetwork random(int width, int parts, int hidden, long seed) {
        int inputs = parts * width;
        double[] p = new double[inputs * hidden + 2 * hidden + 1];
        long stream = Uniforms.mix(seed ^ 0x50474558504cL);
        for (int i = 0; i < p.length; i++) {
            double bound = 1 / Math.sqrt(i < (inputs + 1) * hidden ? inputs : hidden);
            p[i] = bound * (2 * Uniforms.at(stream, i) - 1);
        }
        return new PgNetwork(width, parts, hidden, p);
    }

    private int firstBias() {
        return parts * width * hidden;
    }

    private int second() {
        return firstBias() + hidden;
    }

    /**
     * Scores of the units of an instance: the mean over a unit's directions, before the sigmoid.
     *
     * @param z {@code [nodes][width]}
     */
    Pass forward(Instance instance, NodePlaces places, double[] z) {
        int nodes = z.length / width;
        double[][] part = new double[2][nodes * hidden];
        for (int p = 0; p < 2; p++) {
            for (int v = 0; v < nodes; v++) {
                for (int i = 0; i < width; i++) {
                    double value = z[v * width + i];
                    if (value == 0) {
                        continue;
                    }
                    int row = (p * width + i) * hidden;
                    for (int h = 0; h < hidden; h++) {
                        part[p][v * hidden + h] += value * parameters[row + h];
                    }
                }
            }
        }
        double[] common = new double[hidden];
        System.arraycopy(parameters, firstBias(), common, 0, hidden);
        for (int i = 0; parts == 3 && i < width; i++) {
            for (int h = 0; h < hidden; h++) {
                common[h] += z[i] * parameters[(2 * width + i) * hidden + h];
            }
        }
        Pass pass = new Pass(instance, places, z, part, common);
        pass.score();
        return pass;
    }

    /** What one instance's forward pass keeps for the way back. */
    final class Pass {

        private final Instance instance;
        private final NodePlaces places;
        private final double[] z;
        private final double[][] part;
        private final double[] common;
        private final double[] omega;

        Pass(Instance instance, NodePlaces places, double[] z, double[][] part, double[] common) {
            this.instance = instance;
            this.places = places;
            this.z = z;
            this.part = part;
            this.common = common;
            this.omega = new double[instance.units().size()];
        }

        /** {@code [units]}. */
        double[] omega() {
            return omega;
        }

        /** The score of one direction. */
        double direction(int sender, int receiver) {
            double sum = parameters[parameters.length - 1];
            for (int h = 0; h < hidden; h++) {
                double a = part[0][sender * hidden + h] + part[1][receiver * hidden + h] + common[h];
                sum += a > 0 ? a * parameters[second() + h] : 0;
            }
            return sum;
        }

        private void score() {
            for (int u = 0; u < omega.length; u++) {
                int a = places.of(instance.units().from(u));
                int b = places.of(instance.units().to(u));
                omega[u] = instance.units().edgeCount(u) == 2
                        ? (direction(a, b) + direction(b, a)) / 2
                        : single(u);
            }
        }

        private double single(int unit) {
            int edge = instance.network().edges()[instance.units().firstEdge(unit)];
            return direction(
                    places.of(instance.graph().from()[edge]), places.of(instance.graph().to()[edge]));
        }

        /** Adds the derivatives by the parameters. */
        void back(double[] byOmega, double[] byParameter) {
            int nodes = z.length / width;
            double[][] byPart = new double[2][nodes * hidden];
            double[] byCommon = new double[hidden];
            for (int u = 0; u < byOmega.length; u++) {
                int a = places.of(instance.units().from(u));
                int b = places.of(instance.units().to(u));
                if (instance.units().edgeCount(u) == 2) {
                    backDirection(a, b, byOmega[u] / 2, byPart, byCommon, byParameter);
                    backDirection(b, a, byOmega[u] / 2, byPart, byCommon, byParameter);
                } else {
                    int edge = instance.network().edges()[instance.units().firstEdge(u)];
                    backDirection(
                            places.of(instance.graph().from()[edge]), places.of(instance.graph().to()[edge]),
                            byOmega[u], byPart, byCommon, byParameter);
                }
            }
            for (int p = 0; p < 2; p++) {
                for (int v = 0; v < nodes; v++) {
                    for (int i = 0; i < width; i++) {
                        double value = z[v * width + i];
                        int row = (p * width + i) * hidden;
                        for (int h = 0; value != 0 && h < hidden; h++) {
                            byParameter[row + h] += value * byPart[p][v * hidden + h];
                        }
                    }
                }
            }
            for (int h = 0; h < hidden; h++) {
                byParameter[firstBias() + h] += byCommon[h];
                for (int i = 0; parts == 3 && i < width; i++) {
                    byParameter[(2 * width + i) * hidden + h] += z[i] * byCommon[h];
                }
            }
        }

        private void backDirection(
                int sender, int receiver, double by, double[][] byPart, double[] byCommon, double[] byParameter) {
            byParameter[parameters.length - 1] += by;
            for (int h = 0; h < hidden; h++) {
                double a = part[0][sender * hidden + h] + part[1][receiver * hidden + h] + common[h];
                if (a > 0) {
                    byParameter[second() + h] += by * a;
                    double d = by * parameters[second() + h];
                    byPart[0][sender * hidden + h] += d;
                    byPart[1][receiver * hidden + h] += d;
                    byCommon[h] += d;
                }
            }
        }
    }
}

package dev.assay.chart;

import java.util.Arrays;
import java.util.Random;

/**
 * Places of the nodes of a large graph by the forces of Fruchterman and Reingold (1991): every node repels every other one,
 * edges pull their ends together. Nodes far away repel as one, found by the tree of Barnes and Hut (1986), so that ten
 * thousand nodes take seconds. The same graph and seed give the same places.
 */
final class ForceLayout {

    /** A cell is taken as one body when it is seen under a smaller angle (side by distance). */
    private static final double THETA = 0.9;

    private static final double FIRST_STEP = 0.1;

    /** Pull to the middle, without which parts that hang together by nothing would fly apart. */
    private static final double GRAVITY = 0.6;

    private static final int DEEPEST = 20;

    private final double[] x;
    private final double[] y;
    private final int[] from;
    private final int[] to;
    private final double k;

    /** The tree: four children for each cell, 0 for none; the sums over the bodies in it; its side. */
    private int[] child = new int[0];
    private double[] mass = new double[0];
    private double[] sumX = new double[0];
    private double[] sumY = new double[0];
    private double[] side = new double[0];
    /** The one body of a cell, or -1 for a cell of several. */
    private int[] body = new int[0];
    private int cells;

    private ForceLayout(int nodes, int[] from, int[] to, double spacing, long seed) {
        this.x = new double[nodes];
        this.y = new double[nodes];
        this.from = from;
        this.to = to;
        this.k = spacing / Math.sqrt(nodes);
        Random random = new Random(seed);
        for (int i = 0; i < nodes; i++) {
            x[i] = random.nextDouble();
            y[i] = random.nextDouble();
        }
    }

    /**
     * Lays a graph out.
     *
     * @param from one end of each edge
     * @param to the other end
     * @param spacing wanted length of an edge as a share of the room of a node in the unit square
     * @return {@code [2][nodes]}: x and y of each node, around the unit square
     */
    static double[][] places(int nodes, int[] from, int[] to, double spacing, int iterations, long seed) {
        ForceLayout layout = new ForceLayout(nodes, from, to, spacing, seed);
        for (int i = 0; i < iterations; i++) {
            layout.move(FIRST_STEP * (1 - (double) i / iterations));
        }
        return new double[][] {layout.x, layout.y};
    }

    private void move(double most) {
        int n = x.length;
        double[] dx = new double[n];
        double[] dy = new double[n];
        build();
        int[] stack = new int[4 * DEEPEST + 8];
        for (int i = 0; i < n; i++) {
            repel(i, dx, dy, stack);
            dx[i] += GRAVITY * (0.5 - x[i]);
            dy[i] += GRAVITY * (0.5 - y[i]);
        }
        for (int e = 0; e < from.length; e++) {
            double ex = x[to[e]] - x[from[e]];
            double ey = y[to[e]] - y[from[e]];
            double pull = Math.hypot(ex, ey) / k;
            dx[from[e]] += pull * ex;
            dy[from[e]] += pull * ey;
            dx[to[e]] -= pull * ex;
            dy[to[e]] -= pull * ey;
        }
        for (int i = 0; i < n; i++) {
            double length = Math.hypot(dx[i], dy[i]);
            if (length > 0) {
                double step = Math.min(length, most) / length;
                x[i] += dx[i] * step;
                y[i] += dy[i] * step;
            }
        }
    }

    private void repel(int i, double[] dx, double[] dy, int[] stack) {
        int top = 0;
        stack[top++] = 0;
        while (top > 0) {
            int cell = stack[--top];
            double awayX = x[i] - sumX[cell] / mass[cell];
            double awayY = y[i] - sumY[cell] / mass[cell];
            double squared = awayX * awayX + awayY * awayY;
            if (body[cell] >= 0 || side[cell] * side[cell] < THETA * THETA * squared) {
                if (squared > 0) {
                    double push = mass[cell] * k * k / squared;
                    dx[i] += push * awayX;
                    dy[i] += push * awayY;
                }
                continue;
            }
            for (int q = 0; q < 4; q++) {
                int next = child[4 * cell + q];
                if (next > 0) {
                    stack[top++] = next;
                }
            }
        }
    }

    private void build() {
        double left = Arrays.stream(x).min().orElse(0);
        double low = Arrays.stream(y).min().orElse(0);
        double width = Math.max(Arrays.stream(x).max().orElse(1) - left, Arrays.stream(y).max().orElse(1) - low);
        cells = 0;
        cell(Math.max(width, 1e-9));
        for (int i = 0; i < x.length; i++) {
            insert(i, left, low);
        }
    }

    private int cell(double width) {
        if (cells == body.length) {
            int room = Math.max(64, 2 * cells);
            child = Arrays.copyOf(child, 4 * room);
            mass = Arrays.copyOf(mass, room);
            sumX = Arrays.copyOf(sumX, room);
            sumY = Arrays.copyOf(sumY, room);
            side = Arrays.copyOf(side, room);
            body = Arrays.copyOf(body, room);
        }
        Arrays.fill(child, 4 * cells, 4 * cells + 4, 0);
        mass[cells] = 0;
        sumX[cells] = 0;
        sumY[cells] = 0;
        side[cells] = width;
        body[cells] = -1;
        return cells++;
    }

    private void insert(int i, double left, double low) {
        int cell = 0;
        double x0 = left;
        double y0 = low;
        for (int depth = 0;; depth++) {
            boolean empty = mass[cell] == 0;
            int before = body[cell];
            add(cell, i);
            if (empty) {
                body[cell] = i;
                return;
            }
            if (depth == DEEPEST) {
                // Nodes in one place push others as one and each other not at all.
                return;
            }
            double half = side[cell] / 2;
            if (before >= 0) {
                body[cell] = -1;
                int next = cell(half);
                child[4 * cell + quarter(before, x0 + half, y0 + half)] = next;
                add(next, before);
                body[next] = before;
            }
            int quarter = quarter(i, x0 + half, y0 + half);
            int place = 4 * cell + quarter;
            if (child[place] == 0) {
                int next = cell(half);
                child[place] = next;
            }
            cell = child[place];
            x0 += quarter % 2 == 1 ? half : 0;
            y0 += quarter / 2 == 1 ? half : 0;
        }
    }

    private int quarter(int i, double middleX, double middleY) {
        return (x[i] >= middleX ? 1 : 0) + (y[i] >= middleY ? 2 : 0);
    }

    private void add(int cell, int i) {
        mass[cell]++;
        sumX[cell] += x[i];
        sumY[cell] += y[i];
    }
}

package dev.assay.analyses.nap.verify.search;

import dev.assay.analyses.nap.verify.bound.Bounds;
import dev.assay.analyses.nap.verify.bound.Box;
import dev.assay.analyses.nap.verify.bound.Multipliers;
import dev.assay.analyses.nap.verify.bound.Propagation;
import dev.assay.analyses.nap.verify.bound.Propagation.Method;
import dev.assay.analyses.nap.verify.bound.Propagation.Row;
import dev.assay.analyses.nap.verify.bound.Propagation.RowBound;
import dev.assay.analyses.nap.verify.bound.Propagation.Task;
import dev.assay.analyses.nap.verify.bound.Spool;
import dev.assay.analyses.nap.verify.net.ReluNetwork;
import dev.assay.analyses.nap.verify.proof.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Branch and bound for one target: the problems with the lowest bounds first, many at a time, split at a unit whose
 * relaxation costs most or, where the network has few inputs and the problem many unstable units, at an input ({@code
 * nap-verification.md}, section 6). Every
 * bound that closes a problem comes with the slopes and multipliers that show it, also where a linear program found
 * them, so that the whole search can be replayed.
 */
final class Tree {

    static final Monitor SILENT = new Monitor() {
        @Override
        public void bounds(double lower, double upper) {}

        @Override
        public void nodes(long open, long closed) {}
    };

    private static final int BATCH = 64;
    private static final int STEPS = 20;

    /** Bytes of the heap that a closed problem takes, its slopes and multipliers aside. */
    private static final long EACH = 256;

    /**
     * Unstable units of a problem below which a network with few inputs is split at units too: these few splits settle
     * what halving the inputs would need hundreds of boxes for.
     */
    private static final int FEW = 32;

    private final Propagation propagation;
    private final ReluNetwork net;
    private final List<Row> rows;
    private boolean byInput;
    private int few = FEW;
    private boolean refine;
    private final boolean minimise;
    private final Monitor monitor;
    private final int most;
    private final long kept;
    private final Leaves leaves;
    private final BestPoint best;
    private final Spool spool;
    private final PriorityQueue<Node> open = new PriorityQueue<>(
            (a, b) -> a.lower != b.lower ? Double.compare(a.lower, b.lower) : Long.compare(a.number, b.number));
    private final Node root;
    private long numbers;
    private long closed;
    private boolean attacks = true;
    private int depth;
    private double closedLower = Double.POSITIVE_INFINITY;
    private double stuckLower = Double.POSITIVE_INFINITY;
    private String trouble = "";

    /**
     * @param rootBounds bounds of the whole region
     * @param minimise whether the exact minimum is asked for instead of its sign
     * @param known the best point so far, or null
     * @param spool takes what the proof rests on
     */
    Tree(
            Propagation propagation,
            Bounds rootBounds,
            Target target,
            boolean minimise,
            Witness known,
            Spool spool,
            Monitor monitor) {
        this.spool = spool;
        this.propagation = propagation;
        this.net = propagation.net();
        this.rows = target.candidates();
        this.byInput = splitsInputs(net);
        this.refine = byInput || refines(net);
        this.minimise = minimise;
        this.best = new BestPoint(propagation, rootBounds, target, known);
        this.monitor = monitor;
        // A waiting problem holds its slopes and multipliers, and its bounds where those are not derived.
        long each = 9L * net.units() + (refine ? 40L * net.units() : 0) + 512;
        this.most = Math.clamp(Runtime.getRuntime().maxMemory() / 3 / each, 1_000, 5_000_000);
        // A quarter of the memory may go into the tree of a proof; its leaves hold the slopes of what is unstable where
        // these cannot be written to a file.
        this.kept = Runtime.getRuntime().maxMemory()
                / 4
                / (EACH + (spool.isOutside() ? 0 : 8L * rootBounds.unstable()));
        this.leaves = new Leaves(propagation, target);
        this.root = new Node(null, -1, 0, numbers++);
        root.bounds = rootBounds;
    }

    /** Whether inputs are split instead of units. */
    static boolean splitsInputs(ReluNetwork net) {
        return net.inputs() <= 8 && net.units() > 64;
    }

    /** Whether the bounds of all layers are computed anew for every problem, which pays for small networks. */
    static boolean refines(ReluNetwork net) {
        return net.units() <= 128;
    }

    /** Lower bound, best point, and how much was done; {@code trouble} says why it stopped early, else it is empty. */
    record Result(double lower, Witness best, long nodes, int depth, String trouble, Step proof) {}

    /** Searches until the target is refuted or violated, or a watch of the propagation throws {@link OutOfTime}. */
    Result run() {
        try {
            return run(Long.MAX_VALUE);
        } catch (OutOfTime e) {
            trouble = "timeout";
            return result();
        }
    }

    /**
     * The same with at most about so many problems.
     *
     * @throws OutOfTime when a watch says so
     */
    Result run(long problems) {
        evaluate(List.of(root), null);
        while (!open.isEmpty() && !done()) {
            if (numbers > problems) {
                trouble = "too many problems";
                break;
            }
            if (open.size() > most) {
                trouble = "memory";
                break;
            }
            step();
            monitor.bounds(lower(), best.margin(Double.NaN));
            monitor.nodes(open.size(), closed);
        }
        return result();
    }

    private Result result() {
        if (!best.violates() && trouble.isEmpty() && stuckLower < Double.POSITIVE_INFINITY) {
            trouble = "numerical";
        }
        return new Result(lower(), best.point(), numbers, depth, trouble,
                closed > kept ? new Step.Open() : root.step());
    }

    private boolean done() {
        return !minimise && best.violates();
    }

    private double lower() {
        if (open.isEmpty() && closed == 0 && stuckLower == Double.POSITIVE_INFINITY) {
            return Double.NEGATIVE_INFINITY;
        }
        double waiting = open.isEmpty() ? Double.POSITIVE_INFINITY : open.peek().lower;
        double lower = Math.min(Math.min(closedLower, stuckLower), waiting);
        return Math.min(lower, best.margin(lower));
    }

    private double threshold(Bounds region) {
        if (!minimise) {
            return propagation.safety(region);
        }
        return best.margin(Double.POSITIVE_INFINITY) - 1e-6;
    }

    private void step() {
        List<Node> batch = new ArrayList<>();
        List<Node> children = new ArrayList<>();
        while (batch.size() < BATCH && !open.isEmpty()) {
            batch.add(open.poll());
        }
        try {
            List<Node> others = new ArrayList<>();
            for (Node node : batch) {
                if (node.cuts) {
                    cut(node, children);
                } else {
                    others.add(node);
                }
            }
            split(others, children);
            evaluate(children, batch);
        } catch (OutOfTime e) {
            for (Node node : batch) {
                node.first = null;
                node.second = null;
                if (node.closed == null) {
                    open.add(node);
                }
            }
            throw e;
        }
        for (Node node : batch) {
            node.multipliers = null;
            node.candidates = null;
            node.weights = null;
            if (node != root) {
                node.bounds = null;
            }
        }
    }

    private void cut(Node node, List<Node> children) {
        if (node.candidates.length == 0) {
            stuckLower = Math.min(stuckLower, node.lower);
            return;
        }
        node.cutInput = node.candidates[0];
        node.cutAt = node.bounds.box().middle(node.cutInput);
        node.first = new Node(node, -1, -1, numbers++);
        node.second = new Node(node, -1, 1, numbers++);
        children.add(node.first);
        children.add(node.second);
    }

    private void split(List<Node> batch, List<Node> children) {
        List<Task> trials = new ArrayList<>();
        List<Node> tried = new ArrayList<>();
        for (Node node : batch) {
            if (node.candidates.length == 0) {
                leaf(node, children);
                continue;
            }
            tried.add(node);
            if (node.candidates.length > 1) {
                Bounds region = node.derived();
                for (int unit : node.candidates) {
                    for (int sign = -1; sign <= 1; sign += 2) {
                        trials.add(new Task(region.split(unit, sign), rows.get(node.row), node.start(unit, sign)));
                    }
                }
            }
        }
        List<RowBound> bounds = trials.isEmpty() ? List.of() : propagation.rows(trials, 1, true, 0);
        int at = 0;
        for (Node node : tried) {
            int chosen = node.candidates[0];
            double worst = Double.NEGATIVE_INFINITY;
            for (int i = 0; node.candidates.length > 1 && i < node.candidates.length; i++) {
                double pair = Math.min(bounds.get(at).bound(), bounds.get(at + 1).bound());
                at += 2;
                if (pair > worst || (pair == worst && node.candidates[i] < chosen)) {
                    worst = pair;
                    chosen = node.candidates[i];
                }
            }
            node.splitUnit = chosen;
            node.first = new Node(node, chosen, -1, numbers++);
            node.second = new Node(node, chosen, 1, numbers++);
            children.add(node.first);
            children.add(node.second);
        }
    }

    /** Bounds problems, closes those that can be closed, and queues the others. */
    private void evaluate(List<Node> nodes, List<Node> parents) {
        List<Bounds> regions = regions(nodes, parents);
        List<Task> tasks = new ArrayList<>();
        List<Node> alive = new ArrayList<>();
        List<Bounds> alives = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            if (regions.get(i).isEmpty()) {
                close(node, new Step.Vacant(), Double.POSITIVE_INFINITY);
                continue;
            }
            alive.add(node);
            alives.add(regions.get(i));
            for (Row row : rows) {
                tasks.add(new Task(regions.get(i), row, start(node)));
            }
        }
        double enough = alives.isEmpty() ? 0 : propagation.safety(alives.getFirst());
        List<RowBound> bounds = bounded(tasks, minimise ? 1e30 : enough);
        if (attacks && !(minimise && best.violates())) {
            best.descend(bounds);
        }
        for (int i = 0; i < alive.size(); i++) {
            Node node = alive.get(i);
            Bounds region = alives.get(i);
            int chosen = 0;
            for (int r = 0; r < rows.size(); r++) {
                RowBound b = bounds.get(i * rows.size() + r);
                chosen = b.bound() > bounds.get(i * rows.size() + chosen).bound() ? r : chosen;
            }
            RowBound b = bounds.get(i * rows.size() + chosen);
            if (b.bound() > threshold(region)) {
                close(node, new Step.Leaf(chosen, spool.keep(b.multipliers())), b.bound());
                continue;
            }
            if (b.bound() > node.lower) {
                node.lower = b.bound();
            }
            node.row = chosen;
            node.multipliers = b.multipliers();
            node.cuts = byInput && isForCutting(region);
            node.candidates =
                    node.cuts ? Branching.input(region, b, threshold(region) - b.bound()) : Branching.units(region, b);
            if (!node.cuts) {
                node.weights = Arrays.stream(node.candidates)
                        .mapToDouble(unit -> b.coefficients()[unit])
                        .toArray();
            }
            if (refine) {
                node.bounds = region;
            }
            depth = Math.max(depth, node.depth);
            open.add(node);
        }
    }

    private static Multipliers start(Node node) {
        return node.parent == null ? node.multipliers : node.parent.start(node.unit, node.sign);
    }

    /**
     * Makes it the search of a part: the slopes and multipliers of its bound are known, its corners were tried, units are
     * split, and the part's bounds are kept.
     */
    void within(Multipliers known) {
        root.multipliers = known;
        attacks = false;
        byInput = false;
        refine = false;
    }

    /** Splits at inputs whatever the network's size, and at units where at most so many of them are unstable. */
    void cutting(int atMost) {
        byInput = true;
        refine = true;
        few = atMost;
    }

    /** Boxes without signs are cut further rather than optimised. */
    private List<RowBound> bounded(List<Task> tasks, double enough) {
        List<Task> quick = new ArrayList<>();
        List<Task> slow = new ArrayList<>();
        for (Task task : tasks) {
            (isQuick(task) ? quick : slow).add(task);
        }
        Iterator<RowBound> once = propagation.rows(quick, 1, true, enough).iterator();
        Iterator<RowBound> optimised = propagation.rows(slow, STEPS, true, enough).iterator();
        return tasks.stream().map(task -> (isQuick(task) ? once : optimised).next()).toList();
    }

    /** Many unstable units; or none and no signs either, where a cut is what is left for several rows. */
    private boolean isForCutting(Bounds region) {
        int unstable = region.unstable();
        return unstable > few || (unstable == 0 && region.signs().size() == 0);
    }

    private boolean isQuick(Task task) {
        return byInput && task.region().signs().size() == 0;
    }

    private List<Bounds> regions(List<Node> nodes, List<Node> parents) {
        Bounds[] regions = new Bounds[nodes.size()];
        if (parents == null || !refine) {
            for (int i = 0; i < regions.length; i++) {
                regions[i] = nodes.get(i).derived();
            }
            return List.of(regions);
        }
        Propagation inline = propagation.inline();
        propagation.workers().run(regions.length, i -> {
            Node node = nodes.get(i);
            Bounds larger = node.parent.bounds;
            if (node.unit < 0) {
                Box box = larger.box().half(node.parent.cutInput, node.parent.cutAt, node.sign > 0);
                regions[i] = inline.bounds(box, larger.signs(), Method.BACKWARD, larger, 0, false);
            } else {
                Bounds clipped = larger.split(node.unit, node.sign);
                regions[i] = clipped.isEmpty()
                        ? clipped
                        : inline.bounds(clipped.box(), clipped.signs(), Method.BACKWARD, clipped, 0, false);
            }
        });
        return List.of(regions);
    }

    private Step kept(Step step) {
        return switch (step) {
            case Step.Leaf leaf -> new Step.Leaf(leaf.row(), spool.keep(leaf.multipliers()));
            case Step.Infeasible none -> new Step.Infeasible(spool.keep(none.multipliers()));
            default -> step;
        };
    }

    private void close(Node node, Step why, double bound) {
        node.closed = closed <= kept ? why : new Step.Open();
        closed++;
        closedLower = Math.min(closedLower, bound);
    }

    private void leaf(Node node, List<Node> children) {
        Bounds region = node.derived();
        Leaves.Decided decided = leaves.decide(region, best.point() == null);
        decided.points().forEach(best::offerNear);
        if (decided.step() != null && decided.bound() > threshold(region)) {
            close(node, kept(decided.step()), decided.bound());
            return;
        }
        node.lower = Math.max(node.lower, decided.bound());
        if (byInput && rows.size() > 1 && !best.violates()) {
            // Each part of the region may need another row.
            RowBound b = propagation.rows(List.of(new Task(region, rows.get(node.row), node.multipliers)), 1, true, 0)
                    .getFirst();
            node.candidates = Branching.input(region, b, threshold(region) - b.bound());
            cut(node, children);
        } else {
            // Also where a point violates the target already: the bound is of the whole region.
            stuckLower = Math.min(stuckLower, node.lower);
        }
    }
}

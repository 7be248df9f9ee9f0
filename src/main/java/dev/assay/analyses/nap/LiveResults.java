package dev.assay.analyses.nap;

import dev.assay.analysis.Exact;
import dev.assay.analysis.RunContext;
import dev.assay.compute.ActivationCounts;
import dev.assay.compute.PatternFollowing;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Shows results while samples are still coming: patterns from the counts so far, recall on the latest samples. Publishes
 * at a pace that keeps its cost at a few per cent of the run. Used by one thread at a time.
 */
final class LiveResults {

    private static final long LEAST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long FIRST_AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** A pause is at least this many times as long as the publishing before it took. */
    private static final int COST_FACTOR = 25;

    /** Latest samples on which recall is estimated. */
    private static final int WINDOW = 2048;

    private final RunContext context;
    private final Neurons neurons;
    private final Classes classes;
    private final NapParameters parameters;
    private final List<Exact> slacks;
    private final PatternFollowing following;
    private final NapResults results;
    private final MemorySegment windowWords;
    private final int[] windowClasses = new int[WINDOW];
    private final int[] windowDecisions = new int[WINDOW];
    private final byte[] depth;
    private int inWindow;
    private int nextInWindow;
    private String windowRole = "";
    private long nextAt;

    LiveResults(RunContext context, Neurons neurons, Classes classes, NapParameters parameters) {
        this.context = context;
        this.neurons = neurons;
        this.classes = classes;
        this.parameters = parameters;
        this.slacks = parameters.allSlacks();
        this.following = context.kernel(PatternFollowing.class);
        this.results =
                new NapResults(neurons, classes.names(), new long[neurons.layout().words()], ", so far");
        this.windowWords = MemorySegment.ofArray(new long[Math.multiplyExact(WINDOW, neurons.layout().words())]);
        this.depth = new byte[Math.multiplyExact(WINDOW, classes.count())];
        this.nextAt = System.nanoTime() + FIRST_AFTER_NANOS;
    }

    /** Memory that the samples seen last take. */
    static long bytes(Neurons neurons, Classes classes) {
        return WINDOW * ((long) neurons.layout().words() * Long.BYTES + classes.count());
    }

    /** Starts with a split. */
    void begin(String role) {
        windowRole = role;
        inWindow = 0;
        nextInWindow = 0;
    }

    /**
     * Takes note of a batch.
     *
     * @param classOf class of each sample, -1 for none
     */
    void batch(MemorySegment words, int count, int[] classOf, int[] decisions) {
        long rowBytes = neurons.layout().words() * (long) Long.BYTES;
        for (int from = Math.max(0, count - WINDOW); from < count;) {
            int part = Math.min(count - from, WINDOW - nextInWindow);
            MemorySegment.copy(words, from * rowBytes, windowWords, nextInWindow * rowBytes, part * rowBytes);
            System.arraycopy(classOf, from, windowClasses, nextInWindow, part);
            System.arraycopy(decisions, from, windowDecisions, nextInWindow, part);
            from += part;
            nextInWindow = (nextInWindow + part) % WINDOW;
            inWindow = Math.min(WINDOW, inWindow + part);
        }
    }

    /** Whether it is time to publish; true for one caller only until that is done. */
    boolean due() {
        if (System.nanoTime() - nextAt < 0) {
            return false;
        }
        nextAt = System.nanoTime() + TimeUnit.DAYS.toNanos(1);
        return true;
    }

    /**
     * Publishes what is known so far.
     *
     * @param counts of the training samples so far
     * @param correct of the split's samples
     * @param labelled of the split's samples
     */
    void publish(ActivationCounts counts, long correct, long labelled) {
        long start = System.nanoTime();
        NapResults.accuracy(context, windowRole, correct, labelled);
        Patterns patterns = Patterns.mine(counts, classes.count(), neurons.layout(), slacks);
        FollowScores scores = new FollowScores(slacks.size(), classes.count());
        following.depth(windowWords, inWindow, patterns.masks(), depth);
        scores.accumulate(depth, inWindow, windowClasses, windowDecisions);
        boolean train = windowRole.equals(NapMining.TRAIN);
        List<SlackScores> all = IntStream.range(0, slacks.size())
                .mapToObj(s -> new SlackScores(
                        patterns,
                        s,
                        counts.support(),
                        train ? scores.finish(s) : null,
                        train ? null : scores.finish(s),
                        null))
                .toList();
        SlackScores chosen = all.get(slacks.indexOf(parameters.slack()));
        results.totals(context, chosen);
        results.curves(context, all);
        results.states(context, chosen);
        long end = System.nanoTime();
        nextAt = end + Math.max(LEAST_PAUSE_NANOS, COST_FACTOR * (end - start));
    }
}

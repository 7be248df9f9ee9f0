package dev.assay.analyses.nap;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.RunContext;
import dev.assay.compute.ActivationCounting;
import dev.assay.compute.ActivationCounts;
import dev.assay.data.ClassOrder;
import dev.assay.data.Dataset;
import dev.assay.model.Model;
import dev.assay.text.Numbers;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;

/** Runs the data through the network and keeps the states, counts, labels and decisions. */
final class MiningPass {

    /** Share of the heap that counts may take; the rest is for results. */
    private static final int HEAP_PART = 3;

    /** Below this share of right answers the preprocessing is the first suspect. */
    private static final double LOW_ACCURACY = 0.5;

    private final Model model;
    private final Neurons neurons;
    private final Classes classes;
    private final NapParameters parameters;
    private final RunContext context;
    private final LiveResults live;

    /** @throws AnalysisException when there is not memory enough to count */
    MiningPass(Model model, Neurons neurons, Classes classes, NapParameters parameters, RunContext context)
            throws AnalysisException {
        this.model = model;
        this.neurons = neurons;
        this.classes = classes;
        this.parameters = parameters;
        this.context = context;
        requireMemory();
        this.live = new LiveResults(context, neurons, classes, parameters);
    }

    /**
     * Passes over the training data, then over the test data, then over random points if they are asked for.
     *
     * @param test null for none
     * @return what was found; the caller closes it
     */
    Mined run(Dataset train, Dataset test, Path folder) throws AnalysisException {
        int[] trainClasses = mapped(train);
        int[] testClasses = test == null ? null : mapped(test);
        List<SampleStore> stores = new ArrayList<>();
        try (ForwardPass pass = new ForwardPass(model, neurons, classes, parameters, context)) {
            stores.add(SampleStore.create(folder, NapMining.TRAIN, neurons.layout()));
            ActivationCounts counts =
                    new Split(NapMining.TRAIN, train, trainClasses, stores.getFirst()).run(pass, null);
            requireMinedSamples(counts, train);
            if (test != null) {
                stores.add(SampleStore.create(folder, NapMining.TEST, neurons.layout()));
                new Split(NapMining.TEST, test, testClasses, stores.getLast()).run(pass, counts);
            }
            SampleStore region = null;
            if (parameters.regionSamples() > 0) {
                region = SampleStore.create(folder, NapMining.REGION, neurons.layout());
                stores.add(region);
                region(train, stores.getFirst(), counts, region, pass);
            }
            return new Mined(
                    neurons, classes.names(), counts, stores.getFirst(), test == null ? null : stores.get(1), region);
        } catch (AnalysisException | RuntimeException e) {
            discard(stores, e);
            throw e;
        }
    }

    /** The class of each label of a dataset, with a word about what is not as in the training data. */
    private int[] mapped(Dataset dataset) throws AnalysisException {
        if (!dataset.labelled()) {
            return new int[0];
        }
        ClassOrder.Match match =
                classes.mapping(dataset, parameters.labelSource() == LabelSource.PREDICTED);
        match.note().ifPresent(context::log);
        classes.doubt(dataset).ifPresent(context::warn);
        return match.places();
    }

    /** Removes the states of a pass that was cut short, which may be large. */
    private static void discard(List<SampleStore> stores, Exception why) {
        for (SampleStore store : stores) {
            try {
                store.discard();
            } catch (AnalysisException e) {
                why.addSuppressed(e);
            }
        }
    }

    private void requireMemory() throws AnalysisException {
        // 64-bit counts and 16 bits of counters per thread, and a copy of the sums.
        long perCount = (Long.BYTES + 2L) * context.threads() + Long.BYTES;
        long bytes = (classes.count() + 1L) * neurons.count() * perCount + LiveResults.bytes(neurons, classes);
        long room = Runtime.getRuntime().maxMemory() / HEAP_PART;
        if (bytes > room) {
            throw new AnalysisException(
                    "counting " + Numbers.count(neurons.count()) + " neurons for " + Numbers.count(classes.count())
                            + " classes takes " + Numbers.bytes(bytes) + " of memory, more than the "
                            + Numbers.bytes(room) + " there are for it",
                    model.name(),
                    "choose fewer layers, or convUnits=channel");
        }
    }

    /** The class a sample is mined for; the one behind the last holds those that are not mined. */
    private int minedFor(int label, int decision) {
        int notMined = classes.count();
        return switch (parameters.labelSource()) {
            case PREDICTED -> decision;
            case PROVIDED -> label < 0 ? notMined : label;
            case PROVIDED_AND_CORRECT -> label < 0 || label != decision ? notMined : label;
        };
    }

    private void requireMinedSamples(ActivationCounts counts, Dataset train) throws AnalysisException {
        if (Arrays.stream(counts.support()).limit(classes.count()).sum() == 0) {
            boolean correct = parameters.labelSource() == LabelSource.PROVIDED_AND_CORRECT;
            throw new AnalysisException(
                    correct
                            ? "the network gets no training sample right, so nothing can be mined"
                            : "there is no labelled training sample, so nothing can be mined",
                    train.name(),
                    correct ? "check the preprocessing, or use labelSource=provided" : "give data with samples");
        }
        String missing = names(counts, n -> n == 0);
        if (!missing.isEmpty()) {
            context.warn("No training sample was mined for these classes, which get no pattern: " + missing + ".");
        }
        String few = names(counts, n -> n > 0 && parameters.slack().floorTimes(n) == 0);
        if (!few.isEmpty() && parameters.slack().numerator().signum() > 0) {
            context.warn("Slack " + parameters.slack() + " acts as 0 for these classes, which have fewer than 1/s mined"
                    + " samples: " + few + ".");
        }
    }

    private String names(ActivationCounts counts, LongPredicate support) {
        List<String> names = IntStream.range(0, classes.count())
                .filter(c -> support.test(counts.support()[c]))
                .mapToObj(classes::name)
                .toList();
        int most = 20;
        return names.size() <= most
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, most)) + " and " + (names.size() - most) + " more";
    }

    private void region(
            Dataset train, SampleStore trainStore, ActivationCounts counts, SampleStore region, ForwardPass pass)
            throws AnalysisException {
        context.log("Drawing " + parameters.regionSamples() + " points per class within "
                + parameters.regionRadius() + " of training samples");
        RegionProbe probe = RegionProbe.draw(
                train, trainStore, this::minedFor, counts.support(), classes.count(), parameters, context.seed());
        pass.run(
                probe,
                context.phase("Region points", probe.size(), "points"),
                (worker, first, words, count, labels, decisions) -> region.write(first, bytes(words, count), count,
                        labels, decisions));
    }

    private ByteBuffer bytes(MemorySegment words, int count) {
        return words.asSlice(0, (long) count * neurons.layout().words() * Long.BYTES)
                .asByteBuffer()
                .order(ByteOrder.nativeOrder());
    }

    /** The pass over one split. */
    private final class Split {

        private final String role;
        private final Dataset dataset;
        private final SampleStore store;
        private final int[] mapping;
        private final boolean predicted = parameters.labelSource() == LabelSource.PREDICTED;
        private final Object lock = new Object();
        private final AtomicReferenceArray<Tallying> tallies = new AtomicReferenceArray<>(context.threads());
        private long labelled;
        private long correct;
        private long unlabelled;
        private boolean foreignLabels;

        /** @param mapping class of each label, -1 for none */
        Split(String role, Dataset dataset, int[] mapping, SampleStore store) {
            this.role = role;
            this.dataset = dataset;
            this.store = store;
            this.mapping = mapping;
        }

        /** One thread's counts; locked while they are added to or read. */
        private final class Tallying {
            private final ActivationCounting.Tally tally =
                    context.kernel(ActivationCounting.class).tally(classes.count() + 1, neurons.layout());

            synchronized void add(MemorySegment words, int count, int[] minedFor) {
                tally.accumulate(words, count, minedFor, 0);
            }

            synchronized ActivationCounts counts() {
                return tally.finish();
            }
        }

        /**
         * Passes over the split.
         *
         * @param mined the counts that patterns come from, or null when this split is the one that is mined
         * @return the counts that patterns come from
         */
        ActivationCounts run(ForwardPass pass, ActivationCounts mined) throws AnalysisException {
            String phase = role.equals(NapMining.TRAIN) ? "Training samples" : "Test samples";
            RunContext.Progress progress = context.phase(phase, dataset.size(), "samples");
            live.begin(role);
            try {
                pass.run(
                        dataset,
                        progress,
                        (worker, first, words, count, labels, decisions) -> batch(worker, first, words, count, labels,
                                decisions, mined));
            } catch (AnalysisException | RuntimeException e) {
                // A run that is cancelled or fails keeps what it had found.
                publish(mined);
                throw e;
            }
            if (store.rows() == 0) {
                throw new AnalysisException("there are no samples", dataset.name(), "choose data with samples");
            }
            if (store.rows() != dataset.size()) {
                throw new AnalysisException(
                        Numbers.count(store.rows()) + " samples came instead of " + Numbers.count(dataset.size()),
                        dataset.name(),
                        "check that the file did not change while it was read");
            }
            NapResults.accuracy(context, role, correct, labelled);
            report();
            return mined == null ? counts() : mined;
        }

        private void report() {
            if (foreignLabels) {
                context.warn("Some labels of " + dataset.name() + " have no score of the network; accuracy counts only"
                        + " the others.");
            }
            if (unlabelled > 0 && !predicted) {
                context.warn(Numbers.count(unlabelled) + " samples of " + dataset.name()
                        + " have no label and are left out.");
            }
            if (labelled > 0) {
                double accuracy = (double) correct / labelled;
                context.log("The network gets " + Numbers.count(correct) + " of " + Numbers.count(labelled)
                        + " labelled samples of " + dataset.name() + " right");
                if (accuracy < LOW_ACCURACY) {
                    context.warn("The network gets only " + Numbers.percent(accuracy) + " of " + dataset.name()
                            + " right. Most often the preprocessing (" + dataset.preprocessing()
                            + ") is not the one it was trained with, or the decision rule is the wrong one."
                            + (ClassOrder.isPlain(dataset.classes())
                                    ? ""
                                    : " Or its outputs are in another order than the classes ("
                                            + ClassOrder.listed(classes.names())
                                            + "); classes=FILE or classes=A,B,C gives theirs."));
                }
            }
        }

        private void batch(
                int worker,
                long first,
                MemorySegment words,
                int count,
                int[] labels,
                int[] decisions,
                ActivationCounts mined)
                throws AnalysisException {
            int[] known = new int[count];
            int[] minedFor = new int[count];
            long withLabel = 0;
            long right = 0;
            boolean foreign = false;
            for (int r = 0; r < count; r++) {
                known[r] = labels[r] < 0 ? -1 : classOf(labels[r], first + r);
                foreign |= labels[r] >= 0 && known[r] < 0;
                withLabel += known[r] < 0 ? 0 : 1;
                right += known[r] == decisions[r] ? 1 : 0;
                minedFor[r] = minedFor(known[r], decisions[r]);
            }
            if (mined == null) {
                tallying(worker).add(words, count, minedFor);
            }
            boolean due;
            synchronized (lock) {
                labelled += withLabel;
                correct += right;
                unlabelled += count - withLabel;
                foreignLabels |= foreign;
                live.batch(words, count, predicted ? decisions : known, decisions);
                due = live.due();
            }
            store.write(first, bytes(words, count), count, known, decisions);
            if (due) {
                publish(mined);
            }
        }

        private Tallying tallying(int worker) {
            Tallying tallying = tallies.get(worker);
            if (tallying == null) {
                tallying = new Tallying();
                tallies.set(worker, tallying);
            }
            return tallying;
        }

        /** All threads' counts so far. */
        private ActivationCounts counts() {
            return IntStream.range(0, tallies.length())
                    .mapToObj(tallies::get)
                    .filter(Objects::nonNull)
                    .map(Tallying::counts)
                    .reduce(ActivationCounts::plus)
                    .orElseThrow();
        }

        private void publish(ActivationCounts mined) {
            synchronized (lock) {
                if (labelled + unlabelled > 0) {
                    live.publish(mined == null ? counts() : mined, correct, labelled);
                }
            }
        }

        private int classOf(int label, long sample) throws AnalysisException {
            int index = label < mapping.length ? mapping[label] : -1;
            if (index < 0 && !predicted) {
                String name = label < dataset.classes().size() ? dataset.classes().get(label) : String.valueOf(label);
                // Labels that count from 1 end one above the last score.
                boolean fromOne = name.equals(String.valueOf(classes.count()));
                throw new AnalysisException(
                        "sample " + sample + " has the class '" + name + "', but the network has scores for only "
                                + classes.count() + " classes",
                        dataset.name(),
                        "check that the data and the model belong together, name the classes in the order of the scores"
                                + " with classes=FILE or classes=A,B,C"
                                + (fromOne ? " (classes=1,2 and so on to " + name + " where labels count from 1)" : "")
                                + ", or use labelSource=predicted");
            }
            return index;
        }
    }
}

package dev.assay.analyses.nap;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Exact;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.ImageGrid;
import dev.assay.analysis.result.Ref;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Table;
import dev.assay.compute.BitLayout;
import dev.assay.data.Dataset;
import dev.assay.data.Sample;
import dev.assay.text.Numbers;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The samples and neurons behind a cell, row or point, at one slack. */
final class Evidence {

    /** Examples shown of one kind. */
    private static final int MOST_EXAMPLES = 24;

    private static final ValueLayout.OfLong WORD = ValueLayout.JAVA_LONG_UNALIGNED;

    private final Inputs inputs;
    private final NapParameters parameters;
    private final Mined mined;
    private final Exact slack;
    private final Patterns patterns;

    Evidence(Inputs inputs, NapParameters parameters, Mined mined, Exact slack) {
        this.inputs = inputs;
        this.parameters = parameters;
        this.mined = mined;
        this.slack = slack;
        this.patterns = Patterns.mine(
                mined.counts(), mined.classes().size(), mined.neurons().layout(), List.of(slack));
    }

    /** Samples found by a search, the first few of them by index. */
    private static final class Found {
        private final List<Long> indices = new ArrayList<>();
        private final List<String> captions = new ArrayList<>();
        private long count;

        void add(long index, String caption) {
            if (count++ < MOST_EXAMPLES) {
                indices.add(index);
                captions.add(caption);
            }
        }
    }

    /** A neuron in all classes, and the training samples of one class that break its state. */
    List<Result> neuron(Ref neuron, Ref ofClass) throws AnalysisException {
        OptionalInt unit = mined.neurons().find(neuron.key());
        if (unit.isEmpty()) {
            return List.of();
        }
        int j = unit.getAsInt();
        List<Result> results = new ArrayList<>();
        results.add(neuronTable(j));
        int c = ofClass == null ? -1 : mined.classes().indexOf(ofClass.key());
        if (c < 0 || !patterns.masks().present(c)) {
            return results;
        }
        int state = patterns.masks().state(0, c, j);
        int bit = mined.neurons().layout().bitOf(j);
        Found on = new Found();
        Found off = new Found();
        mined.train().forEach(block -> {
            for (int r = 0; r < block.rows(); r++) {
                if (minedFor(block, r) == c) {
                    (active(block, r, bit) ? on : off).add(block.first() + r, "");
                }
            }
        });
        String name = "neuron " + neuron.key() + ", class " + mined.classes().get(c);
        if (state <= 0) {
            results.add(
                    examples("active_on", on, NapMining.TRAIN, (state < 0 ? "Violations: active" : "Active") + " on",
                            name));
        }
        if (state >= 0) {
            results.add(examples(
                    "inactive_on", off, NapMining.TRAIN, (state > 0 ? "Violations: inactive" : "Inactive") + " on",
                    name));
        }
        return results;
    }

    private Table neuronTable(int unit) {
        Table.Builder table = new Table.Builder(
                "neuron_states",
                "Neuron " + mined.neurons().name(unit) + (mined.isDead(unit) ? " (dead)" : "") + " in each class, "
                        + NapResults.at(slack),
                List.of(
                        Column.text("class", "Class").to(RefKind.ofClass()),
                        Column.integer("active_samples", "Active on"),
                        Column.integer("support", "of samples"),
                        Column.share("share", "Share"),
                        Column.text("state", "Required state")));
        for (int c = 0; c < mined.classes().size(); c++) {
            if (patterns.masks().present(c)) {
                long k = mined.counts().active()[c][unit];
                long n = mined.counts().support()[c];
                table.add(mined.classes().get(c), k, n, (double) k / n, word(patterns.masks().state(0, c, unit)));
            }
        }
        return table.snapshot();
    }

    /** The neurons on which two classes' patterns disagree. */
    List<Result> conflict(Ref first, Ref second) {
        int a = mined.classes().indexOf(first.key());
        int b = mined.classes().indexOf(second.key());
        if (a < 0 || b < 0 || a == b || !patterns.masks().present(a) || !patterns.masks().present(b)) {
            return List.of();
        }
        String nameA = mined.classes().get(a);
        String nameB = mined.classes().get(b);
        Table.Builder table = new Table.Builder(
                "opposing_neurons",
                "Neurons on which classes " + nameA + " and " + nameB + " disagree, " + NapResults.at(slack),
                List.of(
                        Column.text("neuron", "Neuron").to(RefKind.neuron(NapMining.MODEL)),
                        Column.text("state_a", "Class " + nameA),
                        Column.text("state_b", "Class " + nameB),
                        Column.share("share_a", "Active in " + nameA),
                        Column.share("share_b", "Active in " + nameB)));
        for (int unit = 0; unit < mined.neurons().count(); unit++) {
            int stateA = patterns.masks().state(0, a, unit);
            int stateB = patterns.masks().state(0, b, unit);
            if (stateA * stateB < 0) {
                table.add(
                        mined.neurons().name(unit),
                        word(stateA),
                        word(stateB),
                        share(a, unit),
                        share(b, unit));
            }
        }
        return List.of(table.snapshot());
    }

    private double share(int c, int unit) {
        return (double) mined.counts().active()[c][unit] / mined.counts().support()[c];
    }

    private static String word(int state) {
        return state > 0 ? "active" : state < 0 ? "inactive" : "free";
    }

    /** Who follows a class's pattern without belonging to it, who is put elsewhere, and who belongs but does not follow. */
    List<Result> ofClass(Ref ofClass, String role) throws AnalysisException {
        int c = mined.classes().indexOf(ofClass.key());
        if (c < 0 || !patterns.masks().present(c)) {
            return List.of();
        }
        Found foreign = new Found();
        Found counterexamples = new Found();
        Found outside = new Found();
        store(role).forEach(block -> {
            for (int r = 0; r < block.rows(); r++) {
                int own = classOf(block, r);
                if (own < 0) {
                    continue;
                }
                int violations = violations(block, r, c);
                long index = block.first() + r;
                if (violations == 0 && own != c) {
                    foreign.add(index, "class " + mined.classes().get(own));
                }
                if (violations == 0 && block.decisions()[r] != c) {
                    counterexamples.add(index, "predicted " + mined.classes().get(block.decisions()[r]));
                }
                if (violations > 0 && own == c) {
                    outside.add(index, violations + (violations == 1 ? " violation" : " violations"));
                }
            }
        });
        String name = "class " + mined.classes().get(c) + ", " + NapResults.at(slack);
        return List.of(
                examples("foreign_followers", foreign, role, "Samples of other classes that follow the pattern", name),
                examples(
                        "counterexamples", counterexamples, role, "Followers that the network puts elsewhere", name),
                examples("outside", outside, role, "Samples of the class that do not follow", name));
    }

    /** The samples of a cell of the pattern confusion matrix. */
    List<Result> confusion(Ref predicted, Ref followed) throws AnalysisException {
        int p = mined.classes().indexOf(predicted.key());
        boolean none = followed.key().equals(SampleViews.NONE);
        int f = mined.classes().indexOf(followed.key());
        if (p < 0 || (!none && f < 0)) {
            return List.of();
        }
        Found found = new Found();
        mined.reported().forEach(block -> {
            for (int r = 0; r < block.rows(); r++) {
                if (block.decisions()[r] == p && (none ? followsNone(block, r) : follows(block, r, f))) {
                    int label = block.labels()[r];
                    found.add(block.first() + r, label < 0 ? "" : "label " + mined.classes().get(label));
                }
            }
        });
        return List.of(examples(
                "confusion_samples",
                found,
                mined.reportedRole(),
                "Predicted " + predicted.key() + " and following "
                        + (none ? "no pattern" : "the pattern of " + followed.key()),
                NapResults.at(slack)));
    }

    /** A sample: which patterns it follows, and what it breaks of its own class's. */
    List<Result> sample(Ref sample) throws AnalysisException {
        String role = sample.kind().role().isEmpty() ? mined.reportedRole() : sample.kind().role();
        long index;
        try {
            index = Long.parseLong(sample.key());
        } catch (NumberFormatException e) {
            return List.of();
        }
        SampleStore.Block block = store(role).row(index);
        int own = classOf(block, 0);
        Found itself = new Found();
        itself.add(index, "predicted " + mined.classes().get(block.decisions()[0]));
        Table.Builder followed = new Table.Builder(
                "sample_patterns",
                "Patterns and sample " + index + ", " + NapResults.at(slack),
                List.of(
                        Column.text("class", "Class").to(RefKind.ofClass()),
                        Column.bool("follows", "Follows"),
                        Column.integer("violations", "Violations"),
                        Column.integer("constrained", "of constrained neurons")));
        long[] none = new long[mined.neurons().layout().words()];
        for (int c = 0; c < mined.classes().size(); c++) {
            if (patterns.masks().present(c)) {
                int violations = violations(block, 0, c);
                int constrained = patterns.size(0, c, -1, true, none) + patterns.size(0, c, -1, false, none);
                followed.add(mined.classes().get(c), violations == 0, violations, constrained);
            }
        }
        List<Result> results = new ArrayList<>(List.of(
                examples("sample", itself, role, "Sample " + index, own < 0 ? "" : "class " + mined.classes().get(own)),
                followed.snapshot()));
        if (own >= 0 && patterns.masks().present(own)) {
            results.add(violatingNeurons(block, own));
        }
        return results;
    }

    private Table violatingNeurons(SampleStore.Block block, int c) {
        Table.Builder table = new Table.Builder(
                "violating_neurons",
                "Neurons that break the pattern of class " + mined.classes().get(c) + ", " + NapResults.at(slack),
                List.of(
                        Column.text("neuron", "Neuron").to(RefKind.neuron(NapMining.MODEL)),
                        Column.text("required", "Required state"),
                        Column.share("share", "Active in the class")));
        BitLayout layout = mined.neurons().layout();
        for (int unit = 0; unit < layout.units(); unit++) {
            int state = patterns.masks().state(0, c, unit);
            if (state != 0 && active(block, 0, layout.bitOf(unit)) != state > 0) {
                table.add(mined.neurons().name(unit), word(state), share(c, unit));
            }
        }
        return table.snapshot();
    }

    private SampleStore store(String role) throws AnalysisException {
        SampleStore store = role.equals(NapMining.TRAIN) ? mined.train() : mined.test();
        if (store == null) {
            throw new AnalysisException("the run had no test data", "input " + role, "run it again with test data");
        }
        return store;
    }

    private int classOf(SampleStore.Block block, int row) {
        return parameters.labelSource() == LabelSource.PREDICTED ? block.decisions()[row] : block.labels()[row];
    }

    private int minedFor(SampleStore.Block block, int row) {
        boolean wrong = parameters.labelSource() == LabelSource.PROVIDED_AND_CORRECT
                && block.labels()[row] != block.decisions()[row];
        return wrong ? -1 : classOf(block, row);
    }

    private static boolean active(SampleStore.Block block, int row, int bit) {
        long words = block.bits().byteSize() / Long.BYTES / block.rows();
        return (word(block.bits(), row * words + (bit >> 6)) >>> bit & 1) == 1;
    }

    private static long word(MemorySegment bits, long index) {
        return bits.get(WORD, index * Long.BYTES);
    }

    private int violations(SampleStore.Block block, int row, int c) {
        int words = mined.neurons().layout().words();
        int count = 0;
        for (int w = 0; w < words; w++) {
            long states = word(block.bits(), (long) row * words + w);
            count += Long.bitCount((states ^ patterns.masks().active(0)[c * words + w])
                    & patterns.masks().care(0)[c * words + w]);
        }
        return count;
    }

    private boolean follows(SampleStore.Block block, int row, int c) {
        return patterns.masks().present(c) && violations(block, row, c) == 0;
    }

    private boolean followsNone(SampleStore.Block block, int row) {
        for (int c = 0; c < mined.classes().size(); c++) {
            if (follows(block, row, c)) {
                return false;
            }
        }
        return true;
    }

    /** Pictures of samples where they have one, else a table of them. */
    private Result examples(String id, Found found, String role, String what, String which) throws AnalysisException {
        Dataset dataset = inputs.get(role, Dataset.class);
        String shown = found.count > MOST_EXAMPLES ? "first " + MOST_EXAMPLES + " of " : "";
        String title = what + (which.isEmpty() ? "" : ", " + which) + " (" + shown + Numbers.count(found.count) + ")";
        RefKind kind = RefKind.sample(role);
        List<ImageGrid.Item> pictures = new ArrayList<>();
        for (int i = 0; i < found.indices.size(); i++) {
            Sample sample = dataset.sample(found.indices.get(i));
            if (sample.picture().isEmpty()) {
                break;
            }
            String caption =
                    found.indices.get(i) + (found.captions.get(i).isEmpty() ? "" : ": " + found.captions.get(i));
            pictures.add(new ImageGrid.Item(sample.picture().get(), caption, kind.at(sample.index())));
        }
        if (pictures.size() == found.indices.size() && !pictures.isEmpty()) {
            return new ImageGrid(id, title, pictures);
        }
        Table.Builder table = new Table.Builder(
                id,
                title,
                List.of(Column.integer("sample", "Sample").to(kind), Column.text("note", "Note")));
        for (int i = 0; i < found.indices.size(); i++) {
            table.add(found.indices.get(i), found.captions.get(i));
        }
        return table.snapshot();
    }
}

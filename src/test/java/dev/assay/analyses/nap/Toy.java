package dev.assay.analyses.nap;

import dev.assay.analysis.Exact;
import dev.assay.analysis.Inputs;
import dev.assay.model.Model;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** The toy of golden values G1, and small random data. */
final class Toy {

    private static final float[][] MINED = {
        {0, 0}, {.1f, .2f}, {.2f, -.1f}, {1, 1}, {.9f, .9f}, {1.1f, .8f},
        {1, 0}, {.8f, .1f}, {1.1f, -.1f}, {0, 1}, {.2f, .9f}, {-.1f, 1},
    };
    private static final int[] MINED_LABELS = {0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1};

    private static final float[][] HELD_OUT = {
        {.05f, 0}, {.95f, .95f}, {.3f, .3f}, {1.3f, 1.2f}, {-.3f, .2f}, {.9f, .05f}, {.1f, 1.05f}, {.6f, .4f},
    };
    private static final int[] HELD_OUT_LABELS = {0, 0, 0, 0, 0, 1, 1, 1};

    private Toy() {}

    static ArrayDataset mined() {
        return new ArrayDataset("mined", MINED, MINED_LABELS, List.of("0", "1"), 2);
    }

    static ArrayDataset heldOut() {
        return new ArrayDataset("held-out", HELD_OUT, HELD_OUT_LABELS, List.of("0", "1"), 2);
    }

    static Inputs inputs(Model model) {
        return Inputs.of("model", model).with("train", mined()).with("test", heldOut());
    }

    /** Defaults with these slacks only; the first one is the chosen one. */
    static NapParameters parameters(String... slacks) {
        return parameters(LabelSource.PROVIDED, slacks);
    }

    static NapParameters parameters(LabelSource source, String... slacks) {
        NapParameters d = NapParameters.defaults();
        List<Exact> list = Stream.of(slacks).map(Exact::parse).toList();
        return new NapParameters(
                list.getFirst(), list, source, d.decision(), d.layers(), d.convUnits(), d.excludeDead(), 0, 0.05);
    }

    /** Random samples around one centre per class; classes are named by number. */
    static ArrayDataset clusters(String name, long seed, int rows, int inputs, int classes) {
        Random centres = new Random(7);
        float[][] centre = new float[classes][inputs];
        for (float[] c : centre) {
            fill(c, centres, 1.5, new float[inputs]);
        }
        Random random = new Random(seed);
        float[][] samples = new float[rows][inputs];
        int[] labels = new int[rows];
        for (int r = 0; r < rows; r++) {
            labels[r] = random.nextInt(classes);
            fill(samples[r], random, 0.7, centre[labels[r]]);
        }
        return new ArrayDataset(name, samples, labels, numbered(classes), inputs);
    }

    static List<String> numbered(int classes) {
        String[] names = new String[classes];
        Arrays.setAll(names, String::valueOf);
        return List.of(names);
    }

    private static void fill(float[] into, Random random, double spread, float[] around) {
        for (int i = 0; i < into.length; i++) {
            into[i] = around[i] + (float) (random.nextGaussian() * spread);
        }
    }
}

package dev.assay.analyses.nap.verify.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.analyses.nap.LabelSource;
import dev.assay.analyses.nap.MnistRuns;
import dev.assay.analyses.nap.NapMining;
import dev.assay.analyses.nap.PatternFile;
import dev.assay.analyses.nap.PatternFileKind;
import dev.assay.analyses.nap.verify.bound.Bounds;
import dev.assay.analyses.nap.verify.bound.Box;
import dev.assay.analyses.nap.verify.bound.Propagation;
import dev.assay.analyses.nap.verify.bound.Propagation.Method;
import dev.assay.analyses.nap.verify.bound.Propagation.Row;
import dev.assay.analyses.nap.verify.bound.Signs;
import dev.assay.analyses.nap.verify.bound.Spool;
import dev.assay.analyses.nap.verify.bound.Workers;
import dev.assay.analyses.nap.verify.lp.Program;
import dev.assay.analyses.nap.verify.net.NetworkReader;
import dev.assay.analyses.nap.verify.net.ReluNetwork;
import dev.assay.analyses.nap.verify.vnnlib.Property;
import dev.assay.analyses.nap.verify.vnnlib.VnnLib;
import dev.assay.analysis.Exact;
import dev.assay.analysis.Location;
import dev.assay.data.Dataset;
import dev.assay.data.Sample;
import dev.assay.model.onnx.OnnxKind;
import dev.assay.model.onnx.OnnxModel;
import dev.assay.run.fake.TestRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Golden values V3 and V4 on MNIST, and the verdicts of the competition (V5) where they are quick to find. */
class GoldenMnistTest {

    private static final Monitor SILENT = new Monitor() {
        @Override
        public void bounds(double lower, double upper) {}

        @Override
        public void nodes(long open, long closed) {}
    };

    @TempDir
    Path folder;

    @BeforeEach
    void data() {
        MnistRuns.assumeData();
    }

    private PatternFile mined(OnnxModel model) throws Exception {
        try (Dataset train = MnistRuns.train();
                TestRun run = new TestRun(folder)) {
            new NapMining().run(
                    MnistRuns.inputs(model, train, null),
                    MnistRuns.parameters("0.01", "all", LabelSource.PROVIDED, "0", "0.01", "0.05"),
                    run);
        }
        return (PatternFile) new PatternFileKind().open(Location.of(folder.resolve("patterns.json")));
    }

    private static OnnxModel open(String name) throws Exception {
        return (OnnxModel) new OnnxKind().open(Location.of(MnistRuns.DATA.resolve(name)));
    }

    private static Signs signs(PatternFile patterns, String slack, int c, int units) {
        var p = patterns.set(Exact.parse(slack)).orElseThrow().classes().get(c);
        return Signs.pattern(units, p.active(), p.inactive(), 0);
    }

    private static List<Target> rivals(int outputs, int c) {
        List<Target> targets = new ArrayList<>();
        for (int o = 0; o < outputs; o++) {
            if (o != c) {
                double[] row = new double[outputs];
                row[c] = 1;
                row[o] = -1;
                targets.add(new Target(String.valueOf(o), List.of(new Row(row, 0))));
            }
        }
        return targets;
    }

    /** The backward bounds of V3, every row at every slack: free, 0.01, 0.05. */
    private static final double[][] CROWN_V3 = {
        {1, 0.02, 3.588121, 3.588121, 4.305443},
        {1, 0.05, -13.024356, -13.024356, -2.752388},
        {1, 0.1, -66.656588, -66.656588, -21.821463},
        {3, 0.02, 5.064297, 5.064297, 5.064297},
        {3, 0.05, -8.149572, -8.149572, -4.986211},
        {3, 0.1, -279.753102, -266.914832, -126.329782},
        {0, 0.02, -7.305869, -7.305869, -7.305869},
        {0, 0.1, -84.188596, -84.188596, -125.471790},
        {2, 0.1, -304.075241, -71.278874, -87.388790},
    };

    @Test
    void theBackwardBoundsOfTheSmallNetwork() throws Exception {
        OnnxModel model = open("mnist-small-nets/mnist2x10.onnx");
        ReluNetwork net = NetworkReader.read(model);
        PatternFile patterns = mined(model);
        String[] slacks = {"", "0.01", "0.05"};
        try (Dataset test = MnistRuns.test();
                Workers workers = new Workers(2)) {
            for (double[] golden : CROWN_V3) {
                Sample sample = test.sample((long) golden[0]);
                for (int s = 0; s < slacks.length; s++) {
                    Signs signs = s == 0
                            ? Signs.none(net.units())
                            : signs(patterns, slacks[s], sample.label(), net.units());
                    Outcome outcome = Verifier.decide(
                            new Propagation(net, workers, false, () -> {}),
                            ball(sample, golden[1]),
                            signs,
                            rivals(10, sample.label()),
                            List.of(),
                            new Settings(Engine.CROWN, 300, 0, 1, 0),
                            SILENT);
                    assertThat(outcome.lower())
                            .as("image %s, half-width %s, slack %s", golden[0], golden[1], slacks[s])
                            .isEqualTo(golden[2 + s], within(2e-4));
                }
            }
        }
    }

    /** The exact margins of V3, row by row as in {@link #CROWN_V3}. */
    private static final double[][] EXACT_V3 = {
        {4.060316, 4.060316, 4.471735},
        {-5.949342, -5.949342, 2.044547},
        {-23.021513, -23.021513, -4.829334},
        {5.243866, 5.243866, 5.243866},
        {2.121389, 2.121389, 2.121389},
        {-13.973041, -13.973041, -8.428504},
        {-1.827649, -1.827649, -1.827649},
        {-26.541071, -26.541071, -26.516422},
        {-114.124685, -33.118616, -22.074086},
    };

    /**
     * V3: the exact margins by branch and bound and by the mixed-integer program, each on its own. Rows whose backward
     * bounds are far from them take the mixed-integer program minutes; these are left to {@code -Dassay.long=true}.
     */
    @Test
    void theExactMarginsOfTheSmallNetwork() throws Exception {
        OnnxModel model = open("mnist-small-nets/mnist2x10.onnx");
        ReluNetwork net = NetworkReader.read(model);
        PatternFile patterns = mined(model);
        String[] slacks = {"", "0.01", "0.05"};
        try (Dataset test = MnistRuns.test();
                Workers workers = new Workers(2)) {
            Propagation p = new Propagation(net, workers, false, () -> {});
            for (int row = 0; row < EXACT_V3.length; row++) {
                double[] crown = CROWN_V3[row];
                Sample sample = test.sample((long) crown[0]);
                for (int s = 0; s < slacks.length; s++) {
                    boolean wide = EXACT_V3[row][s] - crown[2 + s] > WIDE;
                    if (wide && !Boolean.getBoolean("assay.long")) {
                        continue;
                    }
                    long began = System.nanoTime();
                    Signs signs = s == 0
                            ? Signs.none(net.units())
                            : signs(patterns, slacks[s], sample.label(), net.units());
                    Bounds bounds = p.bounds(ball(sample, crown[1]), signs, Method.BACKWARD, null, 0, true);
                    double exact = EXACT_V3[row][s];
                    double bab = Double.POSITIVE_INFINITY;
                    double milp = Double.POSITIVE_INFINITY;
                    for (Target target : rivals(10, sample.label())) {
                        double bound = p.rows(
                                List.of(new Propagation.Task(bounds, target.rows().getFirst(), null)), 1, false, 0)
                                .getFirst()
                                .bound();
                        if (bound <= exact + 1) {
                            Tree.Result tree = new Tree(p, bounds, target, true, null, Spool.inHeap(), SILENT).run();
                            bab = Math.min(bab, tree.lower());
                            milp = Math.min(
                                    milp, Program.exact(net, bounds, target.rows(), 300_000, () -> {}).value());
                        }
                    }
                    String what = "image " + (int) crown[0] + ", half-width " + crown[1] + ", slack " + slacks[s];
                    if (Boolean.getBoolean("assay.long")) {
                        System.out.printf("%s: %.6f %.6f in %.1f s%n", what, bab, milp,
                                (System.nanoTime() - began) / 1e9);
                    }
                    assertThat(bab).as("branch and bound, %s", what).isEqualTo(exact, within(1e-4));
                    assertThat(milp).as("mixed-integer program, %s", what).isEqualTo(exact, within(1e-4));
                }
            }
        }
    }

    /** Distance of the backward bound above which a row of V3 is left to the long run. */
    private static final double WIDE = 5;

    private static Box ball(Sample sample, double eps) {
        double[] low = new double[784];
        double[] high = new double[784];
        for (int i = 0; i < 784; i++) {
            low[i] = Math.max(0, (double) sample.values()[i] - eps);
            high[i] = Math.min(1, (double) sample.values()[i] + eps);
        }
        return new Box(low, high);
    }

    private static final double[][] CROWN_256X2_003 = {
        {-0.6226, -1.9183, 0.9869, -1.7534, 0.9636, -0.9366, 0.9642, -1.6100, 0.1804, -0.5575},
        {-0.6213, -1.6861, 0.9869, -1.7031, 0.9636, -0.9336, 0.9642, -1.6100, 0.1808, -0.5132},
        {-0.3011, -0.1656, 0.9869, 0.1462, 0.9636, -0.2684, 0.9642, -0.1306, 0.3645, -0.2588},
        {0.6337, 0.7965, 0.9923, Double.NaN, 0.9636, 0.6261, 0.9642, 0.7232, 0.9379, 0.7097},
    };

    private static final double[][] CROWN_256X2_005 = {
        {-2.5400, -7.6780, 0.9456, -6.7966, 0.1351, -5.6299, -0.5064, -4.9182, -2.4828, -4.0223},
        {-2.5221, -6.0457, 0.9456, -5.9651, 0.1351, -5.5806, -0.5064, -4.9078, -2.4612, -3.9399},
        {-1.5012, -1.5728, 0.9516, -1.1696, 0.4506, -2.8551, -0.3242, -2.3710, -0.3621, -2.1388},
        {0.4592, 0.6940, 0.9905, -0.2724, 0.8703, -0.0783, 0.9405, 0.1803, 0.8857, 0.5206},
    };

    private static final double[][] CROWN_256X4_003 = {
        {-2.1269, -79.2183, -0.7921, -2.3827, 0.9138, -1.1167, 0.9325, -36.4748, 0.9698, -18.0097},
        {-2.0328, -7.7252, -0.7921, -2.3130, 0.9138, -1.0238, 0.9325, -6.1753, 0.9698, -6.8500},
        {-0.7933, 0.0351, 0.8539, 0.1611, 0.9163, -0.7569, 0.9325, -2.7486, 0.9698, -3.1882},
        {0.8953, 0.9348, Double.NaN, Double.NaN, 0.9245, 0.7077, 0.9903, 0.5481, 0.9722, 0.8851},
    };

    private static final double[][] CROWN_256X4_005 = {
        {-148.6418, -515.8044, -4.6899, -115.3294, -16.6017, -135.5406, -74.0497, -237.8165, -48.8933, -269.6081},
        {-21.8356, -25.6461, -3.6168, -9.4383, -4.0747, -13.3598, -9.5931, -21.9705, -6.1062, -37.6276},
        {-6.3218, -0.4670, 0.5150, -0.3978, -1.0302, -2.8254, -3.5325, -4.4236, 0.4084, -13.1678},
        {0.8481, 0.7893, 0.9377, Double.NaN, 0.4356, 0.4045, -0.6047, 0.2480, 0.9341, 0.8165},
    };

    private static final int[] LABELS = {8, 1, 0, 7, 2, 9, 3, 9, 6, 8};

    /** V4: the bounds that plain backward propagation gives; NaN for an empty region. */
    @Test
    void theBackwardBoundsOfBothNetworks() throws Exception {
        OnnxModel shallow = open("mnistfc/mnist-net_256x2.onnx");
        PatternFile patterns = mined(shallow);
        backwardBounds(shallow, patterns, "0.03", CROWN_256X2_003);
        backwardBounds(shallow, patterns, "0.05", CROWN_256X2_005);
        OnnxModel deep = open("mnistfc/mnist-net_256x4.onnx");
        patterns = mined(deep);
        backwardBounds(deep, patterns, "0.03", CROWN_256X4_003);
        backwardBounds(deep, patterns, "0.05", CROWN_256X4_005);
    }

    private static void backwardBounds(OnnxModel model, PatternFile patterns, String eps, double[][] golden)
            throws Exception {
        ReluNetwork net = NetworkReader.read(model);
        String[] slacks = {"", "0", "0.01", "0.05"};
        try (Workers workers = new Workers(2)) {
            for (int prop = 0; prop < 10; prop++) {
                Box box = box("mnistfc/vnnlib/prop_" + prop + "_" + eps + ".vnnlib");
                for (int s = 0; s < slacks.length; s++) {
                    Signs signs = s == 0
                            ? Signs.none(net.units())
                            : signs(patterns, slacks[s], LABELS[prop], net.units());
                    Outcome outcome = Verifier.decide(
                            new Propagation(net, workers, false, () -> {}),
                            box,
                            signs,
                            rivals(10, LABELS[prop]),
                            List.of(),
                            new Settings(Engine.CROWN, 300, 0, 1, 0),
                            SILENT);
                    if (Double.isNaN(golden[s][prop])) {
                        assertThat(outcome.verdict()).isEqualTo(Verdict.EMPTY);
                    } else {
                        assertThat(outcome.lower())
                                .as("property %d, slack %s", prop, slacks[s])
                                .isEqualTo(golden[s][prop], within(2e-4));
                    }
                }
            }
        }
    }

    private static Box box(String file) throws Exception {
        Property p = VnnLib.parse(Files.readString(MnistRuns.DATA.resolve(file)), file);
        return new Box(p.cases().getFirst().low(), p.cases().getFirst().high());
    }

    /** V5: within a second each, no verdict contradicts the competition's, and most are decided. */
    @Test
    void noQuickVerdictContradictsTheCompetition() throws Exception {
        ReluNetwork net = NetworkReader.read(open("mnistfc/mnist-net_256x2.onnx"));
        List<String> lines = Files.readAllLines(MnistRuns.DATA.resolve("mnistfc/vnncomp2021_verdicts.csv"));
        int decided = 0;
        try (Workers workers = new Workers(2)) {
            for (String line : lines) {
                String[] cells = line.split(",");
                if (!cells[0].contains("256x2")) {
                    continue;
                }
                int prop = cells[1].charAt(5) - '0';
                Outcome outcome = Verifier.decide(
                        new Propagation(net, workers, false, () -> {}),
                        box("mnistfc/vnnlib/" + cells[1]),
                        Signs.none(net.units()),
                        rivals(10, LABELS[prop]),
                        List.of(),
                        new Settings(Engine.LADDER, 1, 20, 60, 0),
                        SILENT);
                if (outcome.verdict() != Verdict.UNKNOWN) {
                    decided++;
                    assertThat(outcome.verdict())
                            .as(cells[1])
                            .isEqualTo(cells[3].equals("unsat") ? Verdict.VERIFIED : Verdict.FALSIFIED);
                }
            }
        }
        assertThat(decided).isGreaterThanOrEqualTo(8);
    }
}

package dev.assay.analyses.fidelity.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.analyses.fidelity.Golden;
import dev.assay.compute.BatchedGraphConvolution;
import dev.assay.compute.EdgeRemoval;
import dev.assay.compute.Kernels;
import dev.assay.model.gnn.Adam;
import dev.assay.model.gnn.Target;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Golden values of gnn-models-and-explainers on Example A, class 0, structural, pairs 0 to 9. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExplainerGoldenTest {

    private static final Offset<Double> EXACT = within(1e-9);
    private static final Runnable GO_ON = () -> {};

    private final Kernels kernels = Kernels.cpu(2);
    private Instance instance;

    @BeforeAll
    void open() throws Exception {
        instance = Golden.instance(kernels.get(BatchedGraphConvolution.class), EdgeRemoval.STRUCTURAL);
    }

    @AfterAll
    void close() {
        kernels.close();
    }

    private static ExplainerSettings gnn(int epochs) {
        ExplainerSettings d = ExplainerSettings.defaults();
        return new ExplainerSettings(
                d.target(), false, false, d.igSteps(), epochs, 0.01, 0.005, 1, false, 1, 0.1, false, d.pgEpochs(),
                d.pgLearningRate(), d.pgSize(), d.pgEntropy(), 5, 2, 0.01, 64);
    }

    @Test
    void occlusion() {
        Explanation found = SimpleExplainers.occlusion(instance, Target.PROBABILITY, false, GO_ON);
        assertThat(found.scores()).containsExactly(
                new double[] {
                    -0.1196837647, -0.0065349521, 0.3096777059, 0.6694900279, 0.1993323350, -0.0475336611,
                    -0.0169596216, 0.0622855491, -0.0283642592, -0.0860446706
                },
                EXACT);
        assertThat(found.forwards()).isEqualTo(11);
        double[] inverse = SimpleExplainers.occlusion(instance, Target.PROBABILITY, true, GO_ON).scores();
        assertThat(inverse).containsExactly(Arrays.stream(found.scores()).map(v -> -v).toArray(), EXACT);
        assertThat(Ranks.auc(found.scores(), instance.truth())).isEqualTo(0.625);
    }

    @Test
    void gradient() {
        assertThat(SimpleExplainers.gradient(instance, Target.PROBABILITY, false).scores()).containsExactly(
                new double[] {
                    -0.3513323573, 0.0051293751, 0.2994477690, 0.1700432022, -0.0716348979, -0.0253801778,
                    0.0061441506, 0.0759768807, -0.0291179394, -0.0691868691
                },
                within(1e-7));
        assertThat(SimpleExplainers.gradient(instance, Target.PROBABILITY, true).scores()[0])
                .isCloseTo(0.3513323573, within(1e-7));
    }

    @Test
    void nodeGradientIsTheSumOfBothEnds() {
        double[] byFeature = instance.network().gradients(
                instance.network().ones(), 1, EdgeRemoval.STRUCTURAL, 0, Target.PROBABILITY, true).byFeature();
        double[] found = SimpleExplainers.nodeGradient(instance, Target.PROBABILITY, false).scores();
        double expected = byFeature[0] + byFeature[1] + byFeature[2] + byFeature[3] + byFeature[4] + byFeature[5];
        assertThat(found[0]).isCloseTo(expected, within(1e-12));
    }

    @Test
    void integratedGradients() {
        Explanation fifty = SimpleExplainers.integrated(instance, Target.PROBABILITY, false, 50, GO_ON);
        assertThat(fifty.scores()).containsExactly(
                new double[] {
                    -0.0985060777, -0.0105154765, 0.3079372716, 0.8696808419, -0.1603270008, -0.1226243106,
                    -0.0236804591, 0.0377397042, -0.0125690931, -0.0386213166
                },
                within(1e-5));
        assertThat(fifty.completenessGap())
                .isCloseTo(Arrays.stream(fifty.scores()).sum() - 0.7476864410, within(1e-9));
        assertThat(fifty.completenessGap()).isCloseTo(0.0008, within(0.0001));
        Explanation many = SimpleExplainers.integrated(instance, Target.PROBABILITY, false, 1000, GO_ON);
        assertThat(many.scores()).containsExactly(
                new double[] {
                    -0.0959633, -0.0107200, 0.3084028, 0.8679273, -0.1612639, -0.1225438, -0.0241742, 0.0373289,
                    -0.0124721, -0.0384472
                },
                within(1e-5));
    }

    @Test
    void gnnExplainer() {
        GnnExplainer explainer = GnnExplainer.undecided(instance, gnn(100));
        assertThat(explainer.gradient()).containsExactly(
                new double[] {
                    -0.0126087438, 0.0208887103, -0.2211726976, -0.6316456214, 0.1669931679, 0.0981576834,
                    0.0449939781, 0.0136079621, 0.0018033422, 0.0071456529
                },
                within(1e-8));
        Adam adam = new Adam(10, 0.01, 0);
        double loss = 0;
        for (int step = 1; step <= 100; step++) {
            loss = explainer.step(adam, null);
            if (step == 1) {
                assertThat(loss).isCloseTo(1.3122848028, within(1e-8));
                assertThat(explainer.mask()).containsExactly(
                        new double[] {
                            .5024999772, .4975000220, .5024999791, .5024999791, .4975000210, .4975000211, .4975000214,
                            .4975000227, .4975000347, .4975000243
                        },
                        within(1e-8));
            } else if (step == 10) {
                assertThat(loss).isCloseTo(1.2120706069, within(1e-6));
                assertThat(explainer.mask()).containsExactly(
                        new double[] {
                            .5112887531, .4750475526, .5248516406, .5247547824, .4751025535, .4750879334, .4750498168,
                            .4749635777, .4746191397, .4748568757
                        },
                        within(1e-6));
            }
        }
        assertThat(loss).isCloseTo(0.7343319608, within(1e-6));
        assertThat(explainer.mask()).containsExactly(
                new double[] {
                    .3187766821, .2588543587, .6707295292, .6669225917, .2986313680, .2916913027, .2872121669,
                    .2558839739, .2107325070, .2295636841
                },
                within(1e-6));
    }

    @Test
    void pgExplainer() {
        double[] parameters = {
            .5, -.3, -.2, .6, .8, .1, -.4, .7, .3, -.5, .6, .2, .1, -.1, 1.2, -.9, .05
        };
        PgNetwork network = new PgNetwork(3, 2, 2, parameters);
        double[] z = instance.network().embeddings();
        PgNetwork.Pass pass = network.forward(instance, NodePlaces.of(instance), z);
        assertThat(new double[] {
            pass.direction(0, 1), pass.direction(1, 0), pass.direction(0, 3), pass.direction(3, 0),
            pass.direction(2, 6), pass.direction(6, 2)
        }).containsExactly(
                new double[] {
                    .6455807657, 1.3492158546, .6885707657, 1.1243725212, .4360129722, .3072017741
                },
                EXACT);
        double[] mask = GnnExplainer.mask(pass.omega());
        assertThat(mask).containsExactly(
                new double[] {
                    .730546748, .7122776096, .6443433286, .6978377379, .6774782135, .5918473193, .5735220557,
                    .5779464644, .5623106516, .5667635103
                },
                EXACT);
        assertThat(instance.network().probabilities(instance.weights(mask, 1), 1, EdgeRemoval.STRUCTURAL)[0])
                .isCloseTo(.6823526291, EXACT);
        assertThat(PgExplainer.loss(instance, mask, new MaskPenalty(.05, 1)).value()).isCloseTo(1.3473646714, EXACT);
    }

    @Test
    void pgSamplesAndTemperatures() {
        double[][] expected = {
            {.4152589056, .2982453330, .1529906526}, {.4785969891, .4466634559, .3945271034},
            {.6229919321, .7782793824, .9249326286}
        };
        double[] uniforms = {.1, .3, .9};
        double[] taus = {5, 2, 1};
        for (int u = 0; u < 3; u++) {
            for (int t = 0; t < 3; t++) {
                assertThat(PgExplainer.sample(.4, uniforms[u], .01, taus[t])).isCloseTo(expected[u][t], EXACT);
            }
        }
        ExplainerSettings d = ExplainerSettings.defaults();
        int[] epochs = {0, 10, 15, 29};
        double[] wanted = {5, 3.6840314986, 3.1622776602, 2.0620284957};
        for (int i = 0; i < 4; i++) {
            assertThat(PgExplainer.tau(d, epochs[i])).isCloseTo(wanted[i], EXACT);
        }
    }

    @Test
    void pgDerivativesAgreeWithDifferences() {
        PgNetwork network = PgNetwork.random(3, 2, 5, 11);
        double[] z = instance.network().embeddings();
        NodePlaces places = NodePlaces.of(instance);
        double[] by = new double[10];
        Arrays.setAll(by, u -> 0.3 * u - 1);
        double[] found = new double[network.parameters().length];
        network.forward(instance, places, z).back(by, found);
        double step = 1e-6;
        for (int i = 0; i < found.length; i++) {
            double before = network.parameters()[i];
            network.parameters()[i] = before + step;
            double up = weighted(network.forward(instance, places, z).omega(), by);
            network.parameters()[i] = before - step;
            double down = weighted(network.forward(instance, places, z).omega(), by);
            network.parameters()[i] = before;
            assertThat(found[i]).isCloseTo((up - down) / (2 * step), within(1e-7));
        }
    }

    private static double weighted(double[] values, double[] by) {
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i] * by[i];
        }
        return sum;
    }
}

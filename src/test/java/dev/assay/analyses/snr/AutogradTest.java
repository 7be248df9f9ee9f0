package dev.assay.analyses.snr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Analytic gradients against those that the engine derives from the losses written as tensors. */
class AutogradTest {

    private static final int ROWS = 12;
    private static final int COLUMNS = 7;
    private static final int[] LABELS = {0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 4};

    private static double[] values() {
        return new SplittableRandom(11).doubles(ROWS * COLUMNS, -1.5, 1.5).toArray();
    }

    private static NDArray mask(NDManager manager, DataType type, boolean same) {
        float[] mask = new float[ROWS * ROWS];
        for (int i = 0; i < ROWS; i++) {
            for (int j = 0; j < ROWS; j++) {
                mask[i * ROWS + j] = i != j && LABELS[i] == LABELS[j] == same ? 1 : 0;
            }
        }
        return manager.create(mask, new Shape(ROWS, ROWS)).toType(type, false);
    }

    private static NDArray distances(NDArray rows) {
        NDArray centred = rows.sub(rows.mean(new int[] {1}, true));
        NDArray differences = centred.expandDims(0).sub(centred.expandDims(1));
        return differences.mul(differences).sum(new int[] {2})
                .div(centred.mul(centred).sum(new int[] {1}, true));
    }

    private static NDArray loss(LossKind kind, NDArray rows) {
        NDManager manager = rows.getManager();
        NDArray d = distances(rows);
        NDArray positive = mask(manager, rows.getDataType(), true);
        NDArray negative = mask(manager, rows.getDataType(), false);
        NDArray loss = switch (kind) {
            case CONT -> d.sub(0.3).maximum(0).mul(positive).sum().div(positive.sum())
                    .add(d.mul(-1).add(2.5).maximum(0).mul(negative).sum().div(negative.sum()));
            case TRI -> {
                NDArray pairs = positive.expandDims(2).mul(negative.expandDims(1));
                yield d.expandDims(2).sub(d.expandDims(1)).add(0.9).maximum(0).mul(pairs).sum().div(pairs.sum());
            }
            case LIFTED -> {
                NDArray pushes = d.mul(-1).add(0.9).exp().mul(negative).sum(new int[] {1});
                NDArray hinge = pushes.expandDims(1).add(pushes.expandDims(0)).log().add(d).maximum(0);
                yield hinge.mul(hinge).mul(positive).sum().div(positive.sum().mul(2));
            }
            case NPAIR -> {
                NDArray logits = d.get(manager.create(new int[] {0, 3, 6, 9}))
                        .transpose()
                        .get(manager.create(new int[] {1, 4, 7, 10}))
                        .transpose()
                        .mul(-1);
                NDArray own = logits.logSoftmax(1);
                yield own.mul(manager.eye(4).toType(rows.getDataType(), false)).sum().div(-4);
            }
        };
        return loss.add(rows.sum(new int[] {1}).abs().sum().mul(0.05 / ROWS));
    }

    private static double[] derived(DataType type, Function<NDArray, NDArray> loss, double[] total) {
        Engine engine = Engine.getEngine("PyTorch");
        try (NDManager manager = engine.newBaseManager()) {
            NDArray rows = manager.create(values(), new Shape(ROWS, COLUMNS)).toType(type, true);
            rows.setRequiresGradient(true);
            try (GradientCollector collector = engine.newGradientCollector()) {
                NDArray value = loss.apply(rows);
                total[0] = value.toType(DataType.FLOAT64, false).getDouble();
                collector.backward(value);
            }
            return rows.getGradient().toType(DataType.FLOAT64, false).toDoubleArray();
        }
    }

    @ParameterizedTest
    @EnumSource(LossKind.class)
    void gradientsAgree(LossKind kind) {
        MetricLoss analytic =
                new MetricLoss(TrainingDistance.SNR, kind, 0.3, 2.5, 0.9, 0.05, Reduction.ALL, 0);
        MetricLoss.Outcome found = analytic.of(values(), LABELS, MetricLossTest.kernel());
        double[] total = new double[1];
        assertThat(found.gradient())
                .containsExactly(derived(DataType.FLOAT64, rows -> loss(kind, rows), total), within(1e-9));
        assertThat(found.total()).isCloseTo(total[0], within(1e-9));
        assertThat(found.gradient())
                .containsExactly(derived(DataType.FLOAT32, rows -> loss(kind, rows), total), within(1e-6));
    }
}

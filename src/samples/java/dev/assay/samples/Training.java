package dev.assay.samples;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.dataset.Batch;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Adam;
import ai.djl.training.tracker.Tracker;
import ai.djl.translate.TranslateException;
import java.io.IOException;

/** Trains a network with Adam and cross-entropy on DJL's PyTorch engine, on the CPU. */
final class Training implements AutoCloseable {

    private static final int BATCH = 50;
    private static final float RATE = 0.001f;
    private static final int SEED = 20;
    private static final String ENGINE = "PyTorch";

    private final Model model;
    private final Trainer trainer;

    /** @param samples how many samples {@link #fit} will go over in all, epochs counted; the rate falls to a tenth over them */
    Training(Networks network, int samples) {
        Engine.getEngine(ENGINE).setRandomSeed(SEED);
        model = Model.newInstance(network.fileName(), Device.cpu(), ENGINE);
        model.setBlock(network.block());
        trainer = model.newTrainer(new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                .optDevices(new Device[] {Device.cpu()})
                .optOptimizer(Adam.builder()
                        .optLearningRateTracker(Tracker.cosine()
                                .setBaseValue(RATE)
                                .optFinalValue(RATE / 10)
                                .setMaxUpdates(samples / BATCH)
                                .build())
                        .build()));
        trainer.initialize(new Shape(BATCH, 1, DigitPainter.SIZE, DigitPainter.SIZE));
    }

    /** Goes over the samples {@code epochs} times. */
    void fit(DigitSet train, int epochs) throws IOException, TranslateException {
        try (NDManager manager = trainer.getManager().newSubManager()) {
            ArrayDataset dataset = new ArrayDataset.Builder()
                    .setData(images(manager, train))
                    .optLabels(manager.create(train.labels()))
                    .setSampling(BATCH, true)
                    .build();
            for (int epoch = 0; epoch < epochs; epoch++) {
                for (Batch batch : trainer.iterateDataset(dataset)) {
                    try (batch) {
                        EasyTrain.trainBatch(trainer, batch);
                        trainer.step();
                    }
                }
            }
        }
    }

    /** @return the scores of every sample, ten each */
    float[] scores(DigitSet set) {
        try (NDManager manager = trainer.getManager().newSubManager()) {
            NDList output = trainer.evaluate(new NDList(images(manager, set)));
            return output.singletonOrThrow().toFloatArray();
        }
    }

    Block block() {
        return model.getBlock();
    }

    private static NDArray images(NDManager manager, DigitSet set) {
        return manager.create(set.pixels(), new Shape(set.count(), 1, DigitPainter.SIZE, DigitPainter.SIZE));
    }

    @Override
    public void close() {
        trainer.close();
        model.close();
    }
}

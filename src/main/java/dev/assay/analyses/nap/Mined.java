package dev.assay.analyses.nap;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.analysis.AnalysisException;
import dev.assay.compute.ActivationCounts;
import dev.assay.compute.BitLayout;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What the passes over the data leave: counts per class, and the packed states of every sample. All results at any
 * slack come from this, without the network and without another pass. Owns its stores.
 */
final class Mined implements AutoCloseable {

    private static final String SCHEMA = "assay.nap-activations/1";
    private static final String META = "activations.json";
    private static final String COUNTS = "counts";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Neurons neurons;
    private final List<String> classes;
    private final ActivationCounts counts;
    private final SampleStore train;
    private final SampleStore test;
    private final SampleStore region;
    private final long[] dead;

    /**
     * @param classes names in the order of the network's scores
     * @param counts of the training samples; the class behind the last one holds those that were not mined
     * @param test null without test data
     * @param region random points around training samples, their label being the class they belong to; null for none
     */
    Mined(
            Neurons neurons,
            List<String> classes,
            ActivationCounts counts,
            SampleStore train,
            SampleStore test,
            SampleStore region) {
        this.neurons = neurons;
        this.classes = List.copyOf(classes);
        this.counts = counts;
        this.train = train;
        this.test = test;
        this.region = region;
        this.dead = deadWords(counts, neurons.layout());
    }

    private static long[] deadWords(ActivationCounts counts, BitLayout layout) {
        long[] dead = new long[layout.words()];
        for (int unit = 0; unit < layout.units(); unit++) {
            boolean never = true;
            for (int c = 0; c < counts.classes() && never; c++) {
                never = counts.active()[c][unit] == 0;
            }
            if (never) {
                int bit = layout.bitOf(unit);
                dead[bit >> 6] |= 1L << bit;
            }
        }
        return dead;
    }

    Neurons neurons() {
        return neurons;
    }

    List<String> classes() {
        return classes;
    }

    ActivationCounts counts() {
        return counts;
    }

    SampleStore train() {
        return train;
    }

    /** Null without test data. */
    SampleStore test() {
        return test;
    }

    /** The split that per-sample results are about: test where there is one, else train. */
    SampleStore reported() {
        return test == null ? train : test;
    }

    /** The role of {@link #reported()}. */
    String reportedRole() {
        return test == null ? NapMining.TRAIN : NapMining.TEST;
    }

    /** Null when no region was sampled. */
    SampleStore region() {
        return region;
    }

    /** Words with a bit for every unit that no training sample activates. */
    long[] dead() {
        return dead;
    }

    /** Whether no training sample activates the unit. */
    boolean isDead(int unit) {
        int bit = neurons.layout().bitOf(unit);
        return (dead[bit >> 6] >>> bit & 1) == 1;
    }

    /** The description that is written last, so that its presence means that all the rest is there. */
    private record Meta(
            String schema,
            String byteOrder,
            String modelSha256,
            List<String> layers,
            List<Integer> units,
            List<String> classes,
            long trainRows,
            long testRows,
            long regionRows) {}

    /** Writes what the explorer needs beside the stores. */
    void save(Path folder, String modelSha256) throws AnalysisException {
        Artifacts.writeAtomically(folder.resolve(COUNTS), stream -> {
            DataOutputStream out = new DataOutputStream(stream);
            for (int c = 0; c < counts.classes(); c++) {
                out.writeLong(counts.support()[c]);
                for (long k : counts.active()[c]) {
                    out.writeLong(k);
                }
            }
            out.flush();
        });
        Meta meta = new Meta(
                SCHEMA,
                ByteOrder.nativeOrder().toString(),
                modelSha256,
                neurons.blocks().stream().map(b -> b.layer().name()).toList(),
                neurons.blocks().stream().map(Neurons.Block::units).toList(),
                classes,
                train.rows(),
                test == null ? -1 : test.rows(),
                region == null ? -1 : region.rows());
        Artifacts.writeAtomically(folder.resolve(META), stream -> stream.write(JSON.writeValueAsBytes(meta)));
    }

    /** Whether a folder holds all of it; a run that was cut short leaves only parts. */
    static boolean complete(Path folder) {
        return Files.isRegularFile(folder.resolve(META));
    }

    /**
     * Opens what {@link #save} left.
     *
     * @throws AnalysisException when it is damaged or was made with another model or other layers
     */
    static Mined load(Path folder, Neurons neurons, String modelSha256) throws AnalysisException {
        Path metaFile = folder.resolve(META);
        Meta meta;
        try {
            meta = JSON.readValue(Files.readAllBytes(metaFile), Meta.class);
        } catch (IOException e) {
            throw Artifacts.unreadable(metaFile, e);
        }
        if (!SCHEMA.equals(meta.schema()) || !ByteOrder.nativeOrder().toString().equals(meta.byteOrder())) {
            throw new AnalysisException(
                    "the stored activations were written by another version or kind of machine",
                    metaFile.toString(),
                    "run the analysis again");
        }
        if (!modelSha256.equals(meta.modelSha256())
                || !neurons.blocks().stream().map(Neurons.Block::units).toList().equals(meta.units())) {
            throw new AnalysisException(
                    "the stored activations belong to another model", metaFile.toString(), "run the analysis again");
        }
        ActivationCounts counts = readCounts(folder.resolve(COUNTS), meta.classes().size() + 1, neurons.count());
        SampleStore train = SampleStore.open(folder, NapMining.TRAIN, neurons.layout(), meta.trainRows());
        SampleStore test = null;
        try {
            test = meta.testRows() < 0
                    ? null
                    : SampleStore.open(folder, NapMining.TEST, neurons.layout(), meta.testRows());
            SampleStore region = meta.regionRows() < 0
                    ? null
                    : SampleStore.open(folder, NapMining.REGION, neurons.layout(), meta.regionRows());
            return new Mined(neurons, meta.classes(), counts, train, test, region);
        } catch (AnalysisException e) {
            train.close();
            if (test != null) {
                test.close();
            }
            throw e;
        }
    }

    private static ActivationCounts readCounts(Path file, int classes, int units) throws AnalysisException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            long[] support = new long[classes];
            long[][] active = new long[classes][units];
            for (int c = 0; c < classes; c++) {
                support[c] = in.readLong();
                for (int j = 0; j < units; j++) {
                    active[c][j] = in.readLong();
                }
            }
            return new ActivationCounts(support, active);
        } catch (IOException e) {
            throw Artifacts.unreadable(file, e);
        }
    }

    @Override
    public void close() {
        train.close();
        if (test != null) {
            test.close();
        }
        if (region != null) {
            region.close();
        }
    }
}

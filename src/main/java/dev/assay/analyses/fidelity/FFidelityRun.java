package dev.assay.analyses.fidelity;

import dev.assay.analyses.fidelity.explain.EdgeCut;
import dev.assay.analyses.fidelity.explain.Explainer;
import dev.assay.analyses.fidelity.explain.Instance;
import dev.assay.analyses.fidelity.explain.InstanceSource;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.RunContext;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Table;
import dev.assay.compute.BatchedGraphConvolution;
import dev.assay.data.graph.GraphDataset;
import dev.assay.data.graph.GraphSample;
import dev.assay.data.graph.GraphTask;
import dev.assay.model.gnn.GnnClasses;
import dev.assay.model.gnn.GnnModel;
import dev.assay.model.gnn.GnnTrainer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * F-Fidelity (arXiv 2410.02970; robust-fidelity, F-Fidelity): a copy of the network learns to live with graphs that lack a
 * random share of their edges, without looking at any explanation; then the copy is asked while edges of the top share s,
 * or of everything else, are removed with a probability that takes away no more than the share it has learnt with.
 * Accuracy version, for s = 5, 10, ..., 100 %.
 */
final class FFidelityRun {

    private static final int EPOCHS = 100;
    private static final double LEARNING_RATE = 1e-4;
    private static final double WEIGHT_DECAY = 1e-4;
    private static final int BATCH = 64;
    private static final int SIZES = 20;
    /** Samples that are drawn before they are evaluated. */
    private static final int AT_ONCE = 2_048;

    private final InstanceSource source;
    private final GraphDataset given;
    private final RobustFidelityParameters parameters;
    private final RunContext context;

    FFidelityRun(
            InstanceSource source, GraphDataset train, RobustFidelityParameters parameters, RunContext context) {
        this.source = source;
        this.given = train;
        this.parameters = parameters;
        this.context = context;
    }

    /** Removal probability inside a set that is a share of all edges: alpha, but at most beta / share. */
    static double removal(double alpha, double beta, double share) {
        return share <= 0 ? alpha : Math.min(alpha, beta / share);
    }

    void run(List<Explainer> explainers, int[] keys) throws AnalysisException {
        GnnModel copy = tuned();
        BatchedGraphConvolution kernel = context.kernel(BatchedGraphConvolution.class);
        InstanceSource scored = new InstanceSource(
                copy, source.data(), kernel,
                new InstanceSource.Options(
                        parameters.removal(), parameters.hops(), parameters.edgeUnit() != EdgeUnit.DIRECTED,
                        parameters.labelSource() == LabelSource.PREDICTED));
        double[][][] values = new double[keys.length][][];
        RunContext.Progress progress = context.phase("F-Fidelity", keys.length, "instances");
        try (Parallel parallel = new Parallel(context.threads())) {
            parallel.run(keys.length, i -> {
                context.checkCancelled();
                values[i] = instance(scored, explainers, keys[i]);
                progress.advance(1);
            }, () -> {});
        }
        emit(explainers, values);
    }

    private GnnModel tuned() throws AnalysisException {
        GnnClasses fitted = GnnClasses.of(source.model(), given);
        if (given != source.data()) {
            fitted.notes().forEach(context::warn);
        }
        GraphDataset train = fitted.data();
        int[] labelled = labelled(train);
        if (labelled.length == 0) {
            throw new AnalysisException(
                    "F-Fidelity fine-tunes a copy of the network and needs labels", train.name(),
                    "give labelled graphs as train, or switch fFidelity off");
        }
        RunContext.Progress progress = context.phase("Fine-tuning for F-Fidelity", EPOCHS, "epochs");
        GnnTrainer.Outcome outcome = GnnTrainer.train(
                source.model(), train, labelled, new int[0],
                new GnnTrainer.Options(
                        EPOCHS, LEARNING_RATE, WEIGHT_DECAY, BATCH, 0, 0, 1, parameters.fineTuneShare(),
                        context.seed()),
                context.kernel(BatchedGraphConvolution.class),
                new GnnTrainer.Listener() {
                    @Override
                    public void step() {
                        context.checkCancelled();
                    }

                    @Override
                    public void epoch(GnnTrainer.Epoch epoch) {
                        progress.advance(1);
                    }
                });
        if (outcome.diverged()) {
            context.warn("Fine-tuning for F-Fidelity ended early because its loss was no number any more.");
        }
        context.log("F-Fidelity scores a copy of the network from epoch " + outcome.bestEpoch() + " of fine-tuning.");
        return outcome.model();
    }

    private static int[] labelled(GraphDataset train) throws AnalysisException {
        if (train.task() == GraphTask.NODE) {
            int[] classes = train.graph(0).nodeClasses();
            return IntStream.range(0, classes.length).filter(v -> classes[v] >= 0).toArray();
        }
        List<Integer> graphs = new ArrayList<>();
        for (int g = 0; g < train.size(); g++) {
            GraphSample graph = train.graph(g);
            // The greatest of no nodes is nothing that could be learnt from.
            if (graph.label() >= 0 && graph.nodes() > 0) {
                graphs.add(g);
            }
        }
        return graphs.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Plus and minus of each size, {@code [explainer][2 * size]}. */
    private double[][] instance(InstanceSource scored, List<Explainer> explainers, int key) throws AnalysisException {
        Instance original = source.open(key);
        Instance instance = scored.open(key);
        int units = instance.units().size();
        MaskTable table = new MaskTable(instance);
        SampleDraws draws = new SampleDraws(instance, context.seed());
        double[][] values = new double[explainers.size()][2 * SIZES];
        if (units == 0) {
            return values;
        }
        for (int e = 0; e < explainers.size(); e++) {
            double[] scores = explainers.get(e).explain(original, context::checkCancelled).scores();
            for (int s = 0; s < SIZES; s++) {
                double share = (s + 1.0) / SIZES;
                long[] set = Bits.of(EdgeCut.first(scores, EdgeCut.sizeOf(share, units)).members());
                values[e][2 * s] = drop(
                        table, draws, set, removal(parameters.fAlpha(), parameters.fineTuneShare(), share));
                values[e][2 * s + 1] = drop(
                        table, draws, Bits.complement(set, units),
                        removal(parameters.fAlpha(), parameters.fineTuneShare(), 1 - share));
            }
        }
        return values;
    }

    private double drop(MaskTable table, SampleDraws draws, long[] pool, double probability) {
        int samples = parameters.samples();
        long[] removed = new long[pool.length];
        long lost = 0;
        for (int from = 0; from < samples; from += AT_ONCE) {
            if (table.size() > MaskTable.MOST_ENTRIES) {
                table.clear();
            }
            int[] ids = new int[Math.min(AT_ONCE, samples - from)];
            for (int m = 0; m < ids.length; m++) {
                Bits.and(draws.below(probability, from + m), pool, removed);
                ids[m] = table.index(removed);
            }
            table.evaluate(context::checkCancelled);
            lost += Arrays.stream(ids).filter(id -> !table.right(id)).count();
        }
        return (double) lost / samples - (table.right(0) ? 0 : 1);
    }

    private void emit(List<Explainer> explainers, double[][][] values) {
        Table.Builder table = new Table.Builder(
                "f_fidelity", "F-Fidelity over size",
                List.of(
                        Column.text("explainer", "Explainer").to(FidelityResults.EXPLAINER),
                        Column.share("size", "Size"), Column.real("plus", "F-Fid+", ""),
                        Column.real("minus", "F-Fid\u2212", "")));
        List<Curve.Series> plus = new ArrayList<>();
        List<Curve.Series> minus = new ArrayList<>();
        for (int e = 0; e < explainers.size(); e++) {
            double[] x = new double[SIZES];
            double[][] y = new double[2][SIZES];
            for (int s = 0; s < SIZES; s++) {
                x[s] = (s + 1.0) / SIZES;
                for (int sign = 0; sign < 2; sign++) {
                    for (double[][] value : values) {
                        y[sign][s] += value[e][2 * s + sign] / values.length;
                    }
                }
                table.add(explainers.get(e).name(), x[s], y[0][s], y[1][s]);
            }
            plus.add(Curve.Series.of(explainers.get(e).name(), x, y[0]));
            minus.add(Curve.Series.of(explainers.get(e).name(), x, y[1]));
        }
        context.emit(table.snapshot());
        Axis size = Axis.of("Size of the explanation, share of the edges", "share");
        context.emit(new Curve(
                "f_fidelity_plus", "F-Fidelity + over size", size, Axis.of("F-Fid+ (accuracy)", ""), plus,
                FidelityResults.EXPLAINER));
        context.emit(new Curve(
                "f_fidelity_minus", "F-Fidelity \u2212 over size", size, Axis.of("F-Fid\u2212 (accuracy)", ""), minus,
                FidelityResults.EXPLAINER));
    }
}

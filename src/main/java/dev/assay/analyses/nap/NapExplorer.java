package dev.assay.analyses.nap;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Exact;
import dev.assay.analysis.Explorer;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.ParameterProblem;
import dev.assay.analysis.ParameterSet;
import dev.assay.analysis.ResultSink;
import dev.assay.analysis.result.Ref;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Selection;
import dev.assay.compute.Kernels;
import dev.assay.compute.PatternFollowing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A finished mining run opened again: another slack is mined from the stored counts and tested on the stored states,
 * and a click leads to the samples and neurons behind it.
 */
final class NapExplorer implements Explorer<NapParameters> {

    private static final Runnable NEVER_STOPS = () -> {};
    private static final int THREADS = Runtime.getRuntime().availableProcessors();

    private final Inputs inputs;
    private final Mined mined;
    private final Kernels kernels;
    private final List<SlackScores> base;
    private final boolean predicted;

    NapExplorer(Inputs inputs, NapParameters parameters, Mined mined) throws AnalysisException {
        this.inputs = inputs;
        this.mined = mined;
        this.kernels = Kernels.cpu(THREADS);
        this.predicted = parameters.labelSource() == LabelSource.PREDICTED;
        try {
            this.base = parameters.slacks().isEmpty()
                    ? List.of()
                    : evaluate(parameters.slacks().stream().sorted().distinct().toList(), (block, depth) -> {});
        } catch (AnalysisException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private List<SlackScores> evaluate(List<Exact> slacks, SlackScores.Watcher watcher) throws AnalysisException {
        return SlackScores.evaluate(
                mined, slacks, predicted, kernels.get(PatternFollowing.class), THREADS, NEVER_STOPS, watcher);
    }

    @Override
    public void update(NapParameters parameters, ResultSink sink) throws AnalysisException {
        Exact slack = parameters.slack();
        check(slack);
        List<Exact> one = List.of(slack);
        SampleViews views =
                new SampleViews(mined, one, slack, predicted, kernels.get(PatternFollowing.class));
        SlackScores chosen = evaluate(one, views).getFirst();
        List<SlackScores> all = new ArrayList<>(base);
        all.removeIf(known -> known.slack().equals(slack));
        all.add(chosen);
        all.sort((a, b) -> a.slack().compareTo(b.slack()));
        NapResults results = NapResults.of(mined, parameters);
        results.totals(sink, chosen);
        results.recall(sink, all);
        results.curves(sink, all);
        results.states(sink, chosen);
        results.layers(sink, chosen);
        results.conflicts(sink, all, chosen);
        views.emit(sink);
    }

    private static void check(Exact slack) throws AnalysisException {
        List<ParameterProblem> problems =
                ParameterSet.of(NapParameters.class).check(Map.of("slack", slack.text()));
        if (!problems.isEmpty()) {
            throw new AnalysisException(problems.getFirst().message(), "parameter slack", "");
        }
    }

    @Override
    public List<Result> details(Selection selection, NapParameters parameters) throws AnalysisException {
        Exact slack = selection.first(NapResults.SLACK.kind())
                .map(ref -> slackOf(ref, parameters))
                .orElse(parameters.slack());
        Evidence evidence = new Evidence(inputs, parameters, mined, slack);
        List<Ref> classes = selection.all("class");
        var sample = selection.first("sample");
        if (sample.isPresent()) {
            return evidence.sample(sample.get());
        }
        var neuron = selection.first("neuron");
        if (neuron.isPresent()) {
            return evidence.neuron(neuron.get(), classes.isEmpty() ? null : classes.getFirst());
        }
        if (classes.size() >= 2) {
            return selection.resultId().equals("pattern_confusion")
                    ? evidence.confusion(classes.get(0), classes.get(1))
                    : evidence.conflict(classes.get(0), classes.get(1));
        }
        if (classes.size() == 1) {
            String role = selection.resultId().equals("train_recall") ? NapMining.TRAIN : mined.reportedRole();
            return evidence.ofClass(classes.getFirst(), role);
        }
        return List.of();
    }

    /** The exact slack whose double a table's cell shows. */
    private static Exact slackOf(Ref ref, NapParameters parameters) {
        return parameters.allSlacks().stream()
                .filter(s -> String.valueOf(s.toDouble()).equals(ref.key()))
                .findFirst()
                .orElse(parameters.slack());
    }

    @Override
    public void close() {
        kernels.close();
        mined.close();
    }
}

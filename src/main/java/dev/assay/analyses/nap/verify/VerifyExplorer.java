package dev.assay.analyses.nap.verify;

import dev.assay.analyses.nap.verify.Evidence.Stored;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Explorer;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.ResultSink;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.ImageGrid;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Selection;
import dev.assay.analysis.result.Table;
import dev.assay.data.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A click on an instance leads to its evidence: what was decided and how, and the counterexample as a picture. */
final class VerifyExplorer implements Explorer<VerifyParameters> {

    private final Inputs inputs;
    private final Path artifacts;

    VerifyExplorer(Inputs inputs, Path artifacts) {
        this.inputs = inputs;
        this.artifacts = artifacts;
    }

    @Override
    public void update(VerifyParameters parameters, ResultSink sink) {
        // No parameter of this analysis is live: a proof is of one question.
    }

    @Override
    public List<Result> details(Selection selection, VerifyParameters parameters) throws AnalysisException {
        Optional<String> instance =
                selection.first(VerifyResults.INSTANCE.kind()).map(r -> r.key());
        if (instance.isPresent() && instance.get().matches("[0-9]{1,9}")) {
            Stored stored = read(Integer.parseInt(instance.get()));
            return stored == null ? List.of() : results(stored, instance.get());
        }
        Optional<String> asked = selection.first(VerifyResults.ASKED.kind()).map(r -> r.key());
        Optional<String> setting = selection.first(VerifyResults.SETTING.kind()).map(r -> r.key());
        if (asked.isPresent() && setting.isPresent()) {
            int number = 0;
            for (Stored s = read(0); s != null; s = read(++number)) {
                if (s.asked().equals(asked.get()) && s.setting().equals(setting.get())) {
                    return results(s, String.valueOf(number));
                }
            }
        }
        return List.of();
    }

    private Stored read(int instance) throws AnalysisException {
        Path file = artifacts.resolve(Evidence.file(instance));
        if (!Files.isRegularFile(file)) {
            return null;
        }
        try {
            return Evidence.read(file);
        } catch (IOException e) {
            throw new AnalysisException(
                    "the evidence cannot be read (" + e.getMessage() + ")",
                    file.toString(),
                    "run the analysis again",
                    e);
        }
    }

    private List<Result> results(Stored stored, String instance) {
        List<Result> results = new ArrayList<>();
        if (stored.point() != null && stored.reference() != null) {
            int[] shape = inputs.find(NapVerification.DATA, Dataset.class)
                    .map(Dataset::sampleShape)
                    .orElse(stored.shape());
            InputPictures.of(shape)
                    .or(() -> InputPictures.of(stored.shape()))
                    .ifPresent(p -> results.add(new ImageGrid(
                            "evidence_images",
                            "Counterexample of instance " + instance,
                            Evidence.items(p, stored, "instance " + instance))));
        }
        Table.Builder facts = new Table.Builder(
                "evidence",
                "Evidence of instance " + instance,
                List.of(Column.text("what", "What"), Column.text("value", "Value")));
        stored.facts().forEach(facts::add);
        results.add(facts.snapshot());
        if (stored.scores() != null) {
            Table.Builder scores = new Table.Builder(
                    "evidence_scores",
                    "Scores at the counterexample",
                    List.of(Column.text("class", "Class"), Column.real("score", "Score", "")));
            for (int c = 0; c < stored.scores().length; c++) {
                scores.add(stored.classes().get(c), stored.scores()[c]);
            }
            results.add(scores.snapshot());
        }
        if (!stored.neurons().isEmpty()) {
            Table.Builder neurons = new Table.Builder(
                    "evidence_neurons",
                    "The pattern's neurons nearest to their border",
                    List.of(Column.text("neuron", "Neuron"), Column.real("pre_activation", "Pre-activation", "")));
            stored.neurons().forEach(neurons::add);
            results.add(neurons.snapshot());
        }
        return results;
    }

    @Override
    public void close() {
        // Files are read as they are asked for.
    }
}

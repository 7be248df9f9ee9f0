package dev.assay.model.nnet;

import dev.assay.analysis.Input;
import dev.assay.analysis.InputException;
import dev.assay.analysis.InputKind;
import dev.assay.analysis.InputOption;
import dev.assay.analysis.Location;
import dev.assay.model.Model;
import dev.assay.model.onnx.OnnxModel;
import java.util.List;
import java.util.Locale;

/** Fully connected ReLU networks as {@code .nnet} text. */
public final class NnetKind implements InputKind {

    private static final String INPUTS = "inputs";

    @Override
    public String id() {
        return "nnet";
    }

    @Override
    public String title() {
        return "NNet text";
    }

    @Override
    public Class<? extends Input> type() {
        return Model.class;
    }

    @Override
    public List<String> extensions() {
        return List.of("nnet");
    }

    @Override
    public List<InputOption> options() {
        return List.of(new InputOption(
                INPUTS,
                "Inputs",
                "normalised: the samples are as the network takes them; raw: they are in the header's units and"
                        + " normalised by its means and ranges",
                "normalised"));
    }

    @Override
    public boolean recognises(Location location) {
        return location.fileName().toLowerCase(Locale.ROOT).endsWith(".nnet");
    }

    @Override
    public Model open(Location location) throws InputException {
        boolean raw = false;
        for (var option : location.options().entrySet()) {
            if (!option.getKey().equals(INPUTS)) {
                throw new InputException(
                        "NNet models have no option '" + option.getKey() + "'",
                        location.path().toString(),
                        "the only one is inputs");
            }
            if (!List.of("normalised", "raw").contains(option.getValue())) {
                throw new InputException(
                        "inputs cannot be '" + option.getValue() + "'",
                        location.path().toString(),
                        "write inputs=normalised or inputs=raw");
            }
            raw = option.getValue().equals("raw");
        }
        return OnnxModel.open(location, NnetFile.of(location, raw), "NNet text", new int[0]);
    }
}

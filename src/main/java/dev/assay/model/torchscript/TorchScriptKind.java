package dev.assay.model.torchscript;

import dev.assay.analysis.Input;
import dev.assay.analysis.InputException;
import dev.assay.analysis.InputKind;
import dev.assay.analysis.InputOption;
import dev.assay.analysis.Location;
import dev.assay.model.Model;
import dev.assay.model.SampleShape;
import java.util.List;
import java.util.Locale;

/** TorchScript files. */
public final class TorchScriptKind implements InputKind {

    private static final List<String> EXTENSIONS = List.of("pt", "torchscript", "ts");

    @Override
    public String id() {
        return "torchscript";
    }

    @Override
    public String title() {
        return "TorchScript model";
    }

    @Override
    public Class<? extends Input> type() {
        return Model.class;
    }

    @Override
    public List<String> extensions() {
        return EXTENSIONS;
    }

    @Override
    public List<InputOption> options() {
        return List.of(SampleShape.OPTION);
    }

    @Override
    public boolean recognises(Location location) {
        String name = location.fileName().toLowerCase(Locale.ROOT);
        return EXTENSIONS.stream().anyMatch(e -> name.endsWith("." + e)) || name.endsWith(".pth");
    }

    @Override
    public Model open(Location location) throws InputException {
        return TorchScriptModel.open(location, SampleShape.of(location, title()));
    }
}

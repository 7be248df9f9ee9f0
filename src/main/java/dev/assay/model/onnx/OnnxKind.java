package dev.assay.model.onnx;

import dev.assay.analysis.Input;
import dev.assay.analysis.InputException;
import dev.assay.analysis.InputKind;
import dev.assay.analysis.InputOption;
import dev.assay.analysis.Location;
import dev.assay.model.Model;
import dev.assay.model.SampleShape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;

/** ONNX files. */
public final class OnnxKind implements InputKind {

    /** The reading option {@code ?output=}: which of several outputs holds the scores. */
    static final InputOption OUTPUT = new InputOption(
            "output",
            "Output",
            "Name of the output, or of an inner tensor, that holds the scores; the first with real numbers otherwise",
            "");

    @Override
    public String id() {
        return "onnx";
    }

    @Override
    public String title() {
        return "ONNX model";
    }

    @Override
    public Class<? extends Input> type() {
        return Model.class;
    }

    @Override
    public List<String> extensions() {
        return List.of("onnx");
    }

    @Override
    public List<InputOption> options() {
        return List.of(SampleShape.OPTION, OUTPUT);
    }

    @Override
    public boolean recognises(Location location) {
        if (location.fileName().toLowerCase(Locale.ROOT).endsWith(".onnx")) {
            return true;
        }
        // The first field is the format's version, a small number; the next is one of the text fields, the operator
        // sets or the graph, all of them with a length.
        byte[] start = new byte[3];
        try (InputStream in = Files.newInputStream(location.path())) {
            return in.readNBytes(start, 0, start.length) == start.length
                    && start[0] == 0x08
                    && start[1] > 0
                    && start[1] < 32
                    && List.of(0x12, 0x1a, 0x22, 0x32, 0x3a, 0x42).contains((int) start[2]);
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public Model open(Location location) throws InputException {
        return OnnxModel.open(location, OnnxFile.of(location), "", SampleShape.of(location, title(), OUTPUT.name()));
    }
}

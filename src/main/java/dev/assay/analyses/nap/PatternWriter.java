package dev.assay.analyses.nap;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.assay.analysis.AnalysisException;
import dev.assay.compute.BitLayout;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Locale;

/** Writes {@code patterns.json}, streaming, since it lists every constrained unit at every slack. */
final class PatternWriter {

    private static final JsonFactory JSON = new JsonFactory();

    private final Mined mined;
    private final Patterns patterns;
    private final NapParameters parameters;
    private final String modelSha256;

    PatternWriter(Mined mined, Patterns patterns, NapParameters parameters, String modelSha256) {
        this.mined = mined;
        this.patterns = patterns;
        this.parameters = parameters;
        this.modelSha256 = modelSha256;
    }

    /** Writes the file whole or not at all. */
    void write(Path file) throws AnalysisException {
        Artifacts.writeAtomically(file, this::write);
    }

    private void write(OutputStream out) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.writeStartObject();
            json.writeStringField("schema", PatternFile.SCHEMA);
            json.writeStringField("modelSha256", modelSha256);
            layers(json);
            json.writeStringField("labelSource", text(parameters.labelSource()));
            json.writeStringField("decision", text(parameters.decision()));
            json.writeStringField("convUnits", text(parameters.convUnits()));
            json.writeArrayFieldStart("classNames");
            for (String name : mined.classes()) {
                json.writeString(name);
            }
            json.writeEndArray();
            json.writeArrayFieldStart("sets");
            for (int s = 0; s < patterns.slacks().size(); s++) {
                json.writeStartObject();
                json.writeStringField("slack", patterns.slacks().get(s).text());
                json.writeArrayFieldStart("classes");
                for (int c = 0; c < mined.classes().size(); c++) {
                    if (patterns.masks().present(c)) {
                        pattern(json, s, c);
                    }
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
    }

    private static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private void layers(JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("layers");
        BitLayout layout = mined.neurons().layout();
        for (int b = 0; b < layout.layers(); b++) {
            json.writeStartObject();
            json.writeNumberField("number", mined.neurons().blocks().get(b).layer().number());
            json.writeStringField("name", mined.neurons().blocks().get(b).layer().name());
            json.writeNumberField("width", layout.width(b));
            json.writeNumberField("offset", layout.unitOffset(b));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void pattern(JsonGenerator json, int set, int c) throws IOException {
        json.writeStartObject();
        json.writeStringField("class", mined.classes().get(c));
        json.writeNumberField("support", mined.counts().support()[c]);
        units(json, "active", patterns.masks().units(set, c, true));
        units(json, "inactive", patterns.masks().units(set, c, false));
        json.writeEndObject();
    }

    private static void units(JsonGenerator json, String name, int[] units) throws IOException {
        json.writeFieldName(name);
        json.writeArray(units, 0, units.length);
    }
}

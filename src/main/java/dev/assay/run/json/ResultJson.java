package dev.assay.run.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.analysis.Location;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Dendrogram;
import dev.assay.analysis.result.Distribution;
import dev.assay.analysis.result.GraphPicture;
import dev.assay.analysis.result.Heatmap;
import dev.assay.analysis.result.ImageGrid;
import dev.assay.analysis.result.Ranking;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Scatter;
import dev.assay.analysis.result.Table;
import dev.assay.run.InputStamp;
import dev.assay.run.LogLine;
import dev.assay.run.Provenance;
import dev.assay.run.RunRecord;
import dev.assay.run.RunState;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes {@code result.json}, schema {@value #SCHEMA}. Parameters are texts just as {@code -p name=value} takes them, so
 * that an exact fraction stays one. A number that is absent (NaN) is null; an infinite one is the text {@code Infinity}
 * or {@code -Infinity}.
 *
 * <p>Beside what the schema asks for there are: {@code id}, {@code name} and {@code failure} of the run; {@code
 * deviceAsked}, {@code deviceName}, {@code threads}; an input's {@code options}, {@code size} and, when it has several,
 * {@code files}; {@code scalarInfo} with title, unit and note of each scalar; {@code label} and {@code ref} of columns;
 * {@code rankings}, {@code dendrograms} and {@code images}; {@code order}, in which results first appeared; and the {@code log}.
 */
public final class ResultJson {

    /** The schema's name; later versions only add to it. */
    public static final String SCHEMA = "assay.result/1";

    /** A table of more rows keeps its first {@value #KEPT_ROWS} here and all of them in a CSV file. */
    public static final int MAX_ROWS = 5_000;

    static final int KEPT_ROWS = 100;

    /** The section of each kind of result that is a record; scalars and tables have a form of their own. */
    static final Map<Class<? extends Result>, String> SECTIONS = sections();

    private static final Logger LOG = LoggerFactory.getLogger(ResultJson.class);

    private final ObjectMapper mapper = ResultMapper.create();

    private static Map<Class<? extends Result>, String> sections() {
        Map<Class<? extends Result>, String> map = new LinkedHashMap<>();
        map.put(Curve.class, "curves");
        map.put(Distribution.class, "distributions");
        map.put(Heatmap.class, "heatmaps");
        map.put(Scatter.class, "scatters");
        map.put(GraphPicture.class, "graphs");
        map.put(Ranking.class, "rankings");
        map.put(Dendrogram.class, "dendrograms");
        map.put(ImageGrid.class, "images");
        return map;
    }

    /**
     * Writes a run.
     *
     * @param out left open
     * @param filesBeside whether each table also lies beside as a CSV file, so that a long one can be named
     */
    public void write(RunRecord run, OutputStream out, boolean filesBeside) throws IOException {
        JsonGenerator json = new JsonFactory(mapper).createGenerator(out);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.setPrettyPrinter(new CompactPrinter());
        json.writeStartObject();
        json.writeStringField("schema", SCHEMA);
        writeHead(run, json);
        writeInputs(run, json);
        writeScalars(run, json);
        writeTables(run, json, filesBeside);
        for (Map.Entry<Class<? extends Result>, String> section : SECTIONS.entrySet()) {
            json.writeArrayFieldStart(section.getValue());
            for (Result result : run.results()) {
                if (section.getKey().isInstance(result)) {
                    json.writePOJO(result);
                }
            }
            json.writeEndArray();
        }
        writeOrder(run, json);
        writeLog(run, json);
        writeProvenance(run, json);
        json.writeEndObject();
        json.flush();
        out.write('\n');
    }

    private static String state(RunState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static void writeHead(RunRecord run, JsonGenerator json) throws IOException {
        json.writeStringField("id", run.id());
        json.writeStringField("name", run.name());
        json.writeStringField("analysis", run.request().analysis());
        json.writeStringField("state", state(run.state()));
        if (run.failure().isPresent()) {
            json.writePOJOField("failure", run.failure().get());
        }
        json.writePOJOField("parameters", run.request().parameters());
        json.writeNumberField("seed", run.request().seed());
        json.writeStringField(
                "device",
                run.provenance().map(Provenance::device).filter(d -> !d.isEmpty()).orElse(run.request().device()));
        json.writeStringField("deviceAsked", run.request().device());
        json.writeStringField("deviceName", run.device());
        json.writeNumberField("threads", run.request().threads());
        json.writeStringField("created", run.created().toString());
    }

    private static void writeInputs(RunRecord run, JsonGenerator json) throws IOException {
        List<InputStamp> stamps = new ArrayList<>(
                run.provenance().map(Provenance::inputs).orElse(List.of()));
        json.writeArrayFieldStart("inputs");
        for (Map.Entry<String, List<Location>> role : run.request().inputs().entrySet()) {
            for (Location location : role.getValue()) {
                writeInput(role.getKey(), location, take(stamps, role.getKey(), location), json);
            }
        }
        json.writeEndArray();
    }

    private static InputStamp take(List<InputStamp> stamps, String role, Location location) {
        for (InputStamp stamp : stamps) {
            if (stamp.role().equals(role) && stamp.location().path().equals(location.path())) {
                stamps.remove(stamp);
                return stamp;
            }
        }
        return new InputStamp(role, location, -1, "", List.of());
    }

    private static void writeInput(String role, Location location, InputStamp stamp, JsonGenerator json)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("role", role);
        json.writeStringField("path", location.path().toString());
        if (!location.options().isEmpty()) {
            json.writePOJOField("options", location.options());
        }
        json.writeStringField("sha256", stamp.sha256().isEmpty() ? null : stamp.sha256());
        if (stamp.size() >= 0) {
            json.writeNumberField("size", stamp.size());
        }
        if (!stamp.files().isEmpty()) {
            json.writePOJOField("files", stamp.files());
        }
        json.writeEndObject();
    }

    private static void writeScalars(RunRecord run, JsonGenerator json) throws IOException {
        List<Scalar> scalars = of(run, Scalar.class);
        json.writeObjectFieldStart("scalars");
        for (Scalar scalar : scalars) {
            json.writeFieldName(scalar.id());
            ResultMapper.writeReal(json, scalar.value());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("scalarInfo");
        for (Scalar scalar : scalars) {
            json.writeObjectFieldStart(scalar.id());
            json.writeStringField("title", scalar.title());
            json.writeStringField("unit", scalar.unit());
            json.writeStringField("note", scalar.note());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static <R extends Result> List<R> of(RunRecord run, Class<R> kind) {
        return run.results().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static void writeTables(RunRecord run, JsonGenerator json, boolean filesBeside) throws IOException {
        json.writeArrayFieldStart("tables");
        for (Table table : of(run, Table.class)) {
            writeTable(table, json, filesBeside);
        }
        json.writeEndArray();
    }

    private static void writeTable(Table table, JsonGenerator json, boolean filesBeside) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", table.id());
        json.writeStringField("title", table.title());
        json.writeArrayFieldStart("columns");
        for (Column column : table.columns()) {
            json.writePOJO(column);
        }
        json.writeEndArray();
        boolean whole = table.rowCount() <= MAX_ROWS;
        json.writeNumberField("rowCount", table.rowCount());
        if (!whole) {
            json.writeStringField("file", filesBeside ? TableFiles.stem(table.id()) + ".csv" : null);
        }
        json.writeArrayFieldStart("rows");
        int rows = whole ? table.rowCount() : KEPT_ROWS;
        for (int row = 0; row < rows; row++) {
            json.writeStartArray();
            for (int c = 0; c < table.columns().size(); c++) {
                writeCell(table.value(row, c), json);
            }
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeCell(Object value, JsonGenerator json) throws IOException {
        switch (value) {
            case null -> json.writeNull();
            case Long integer -> json.writeNumber(integer);
            case Double real -> ResultMapper.writeReal(json, real);
            case Boolean bool -> json.writeBoolean(bool);
            default -> json.writeString(value.toString());
        }
    }

    /** The order in which results appeared, which the sections by kind do not tell. */
    private static void writeOrder(RunRecord run, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("order");
        for (Result result : run.results()) {
            String section = section(result);
            if (section.isEmpty()) {
                LOG.warn("{} of kind {} has no place in result.json", result.id(), result.getClass().getName());
            } else {
                json.writeString(section + "/" + result.id());
            }
        }
        json.writeEndArray();
    }

    static String section(Result result) {
        if (result instanceof Scalar) {
            return "scalars";
        }
        return result instanceof Table ? "tables" : SECTIONS.getOrDefault(result.getClass(), "");
    }

    private static void writeLog(RunRecord run, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("log");
        for (LogLine line : run.log()) {
            json.writeStartObject();
            json.writeStringField("time", line.time().toString());
            json.writeBooleanField("warning", line.warning());
            json.writeStringField("text", line.text());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeProvenance(RunRecord run, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("provenance");
        if (run.provenance().isPresent()) {
            Provenance from = run.provenance().get();
            json.writeStringField("assay", from.assay());
            json.writeStringField("java", from.java());
            json.writeStringField("os", from.os());
            json.writeStringField("cpu", from.cpu());
            json.writePOJOField("libraries", from.libraries());
            json.writeStringField("started", from.started().toString());
            json.writeStringField("ended", from.ended().map(Instant::toString).orElse(null));
            json.writePOJOField("seconds", from.seconds());
        } else if (run.started().isPresent()) {
            json.writeStringField("started", run.started().get().toString());
            json.writePOJOField("seconds", Map.of("total", run.elapsed().toNanos() / 1e9));
        }
        json.writeEndObject();
    }
}

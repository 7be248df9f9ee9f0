package dev.assay.run.json;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Table;
import dev.assay.run.InputStamp;
import dev.assay.run.LogLine;
import dev.assay.run.Provenance;
import dev.assay.run.RunFailure;
import dev.assay.run.RunProgress;
import dev.assay.run.RunRecord;
import dev.assay.run.RunRequest;
import dev.assay.run.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads {@code result.json} and the CSV files of its long tables back. Reads as a stream; big arrays stay primitive. */
public final class ResultJsonReader {

    private final ObjectMapper mapper = ResultMapper.create();

    /**
     * Reads a run.
     *
     * @param file {@code result.json}; its folder becomes the run's
     * @throws InputException when it is missing, damaged or of another schema
     */
    public RunRecord read(Path file) throws InputException {
        try (JsonParser in = mapper.createParser(Files.newInputStream(file))) {
            Parts parts = new Parts(file);
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw damaged(file, "it does not start with {", null);
            }
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String field = in.currentName();
                in.nextToken();
                parts.read(field, in);
            }
            if (in.currentToken() != JsonToken.END_OBJECT) {
                throw damaged(file, "it ends too early", null);
            }
            return parts.record();
        } catch (NoSuchFileException e) {
            throw new InputException("there is no such file", file.toString(), "choose the folder of a run", e);
        } catch (JacksonException e) {
            throw damaged(file, e.getOriginalMessage(), e);
        } catch (IOException | RuntimeException e) {
            throw damaged(file, e.getMessage() == null ? e.toString() : e.getMessage(), e);
        }
    }

    private static InputException damaged(Path file, String why, Throwable cause) {
        return new InputException(
                "this is not a complete " + ResultJson.SCHEMA + " file (" + why + ")",
                file.toString(),
                "run the analysis again",
                cause);
    }

    private record InputEntry(
            String role,
            String path,
            Map<String, String> options,
            String sha256,
            Long size,
            List<InputStamp.FileStamp> files) {}

    private record ScalarInfo(String title, String unit, String note) {}

    private record LogEntry(String time, boolean warning, String text) {}

    private record Origin(
            String assay,
            String java,
            String os,
            String cpu,
            Map<String, String> libraries,
            String started,
            String ended,
            Map<String, Double> seconds) {}

    /** The sections as they are met. */
    private static final class Parts {

        private final Path file;
        private final Map<String, String> texts = new HashMap<>();
        private final Map<String, Result> results = new LinkedHashMap<>();
        private final Map<String, Double> scalars = new LinkedHashMap<>();
        private Map<String, ScalarInfo> scalarInfo = Map.of();
        private Map<String, String> parameters = new LinkedHashMap<>();
        private List<InputEntry> inputs = List.of();
        private List<LogEntry> log = List.of();
        private List<String> order = List.of();
        private Origin origin;
        private RunFailure failure;
        private long seed;
        private int threads = 1;

        Parts(Path file) {
            this.file = file;
        }

        void read(String field, JsonParser in) throws IOException, InputException {
            switch (field) {
                case "schema" -> checkSchema(in.getText());
                case "seed" -> seed = in.getLongValue();
                case "threads" -> threads = in.getIntValue();
                case "parameters" -> parameters = in.readValueAs(Values.class).texts();
                case "failure" -> failure = in.readValueAs(RunFailure.class);
                case "inputs" -> inputs = List.of(in.readValueAs(InputEntry[].class));
                case "scalars" -> readScalars(in);
                case "scalarInfo" -> scalarInfo = in.readValueAs(Infos.class);
                case "tables" -> readTables(in);
                case "order" -> order = List.of(in.readValueAs(String[].class));
                case "log" -> log = List.of(in.readValueAs(LogEntry[].class));
                case "provenance" -> origin = in.readValueAs(Origin.class);
                default -> readOther(field, in);
            }
        }

        private void checkSchema(String schema) throws InputException {
            if (!schema.equals(ResultJson.SCHEMA)) {
                throw new InputException(
                        "its schema is '" + schema + "', not " + ResultJson.SCHEMA,
                        file.toString(),
                        "open it with the version of Assay that wrote it");
            }
        }

        private void readOther(String field, JsonParser in) throws IOException {
            for (Map.Entry<Class<? extends Result>, String> section : ResultJson.SECTIONS.entrySet()) {
                if (section.getValue().equals(field)) {
                    while (in.nextToken() == JsonToken.START_OBJECT) {
                        put(in.readValueAs(section.getKey()));
                    }
                    return;
                }
            }
            if (in.currentToken().isScalarValue()) {
                texts.put(field, in.getValueAsString());
            } else {
                in.skipChildren();
            }
        }

        private void put(Result result) {
            results.put(ResultJson.section(result) + "/" + result.id(), result);
        }

        private void readScalars(JsonParser in) throws IOException {
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String id = in.currentName();
                in.nextToken();
                scalars.put(id, ResultMapper.readReal(in));
            }
        }

        private void readTables(JsonParser in) throws IOException {
            while (in.nextToken() == JsonToken.START_OBJECT) {
                put(TableJson.read(in, file.toAbsolutePath().getParent()));
            }
        }

        RunRecord record() throws InputException {
            if (!texts.containsKey("analysis") || !texts.containsKey("state")) {
                throw damaged(file, "it names no analysis and state", null);
            }
            scalars.forEach((id, value) -> {
                ScalarInfo info = scalarInfo.getOrDefault(id, new ScalarInfo(id, "", ""));
                put(new Scalar(id, info.title, value, info.unit, info.note));
            });
            List<Map.Entry<String, Result>> sorted = new ArrayList<>(results.entrySet());
            sorted.sort(Comparator.comparingInt(e -> place(e.getKey())));
            Map<String, List<Location>> locations = new LinkedHashMap<>();
            for (InputEntry input : inputs) {
                locations
                        .computeIfAbsent(input.role, r -> new ArrayList<>())
                        .add(location(input));
            }
            String asked = texts.getOrDefault("deviceAsked", texts.getOrDefault("device", "cpu"));
            RunRequest request =
                    new RunRequest(texts.get("analysis"), locations, parameters, seed, asked, threads);
            Optional<Instant> started = Optional.ofNullable(origin).map(o -> o.started).map(Instant::parse);
            double seconds = origin == null || origin.seconds == null ? 0 : origin.seconds.getOrDefault("total", 0.0);
            Path folder = file.toAbsolutePath().getParent();
            return new RunRecord(
                    texts.getOrDefault("id", folder.getFileName().toString()),
                    texts.getOrDefault("name", texts.get("analysis")),
                    request,
                    RunState.valueOf(texts.get("state").toUpperCase(Locale.ROOT)),
                    RunProgress.NONE,
                    sorted.stream().map(Map.Entry::getValue).toList(),
                    log.stream()
                            .map(l -> new LogLine(Instant.parse(l.time), l.warning, l.text))
                            .toList(),
                    Optional.ofNullable(failure),
                    texts.getOrDefault("deviceName", ""),
                    texts.containsKey("created")
                            ? Instant.parse(texts.get("created"))
                            : started.orElse(Instant.EPOCH),
                    started,
                    Duration.ofNanos(Math.round(seconds * 1e9)),
                    folder,
                    provenance());
        }

        private int place(String key) {
            int index = order.indexOf(key);
            return index < 0 ? Integer.MAX_VALUE : index;
        }

        private static Location location(InputEntry input) {
            return new Location(Path.of(input.path), input.options == null ? Map.of() : input.options);
        }

        private Optional<Provenance> provenance() {
            if (origin == null || origin.assay == null) {
                return Optional.empty();
            }
            List<InputStamp> stamps = inputs.stream()
                    .map(i -> new InputStamp(
                            i.role,
                            location(i),
                            i.size == null ? -1 : i.size,
                            i.sha256 == null ? "" : i.sha256,
                            i.files == null ? List.of() : i.files))
                    .toList();
            return Optional.of(new Provenance(
                    origin.assay,
                    origin.java,
                    origin.os,
                    origin.cpu,
                    origin.libraries == null ? Map.of() : origin.libraries,
                    stamps,
                    texts.getOrDefault("device", ""),
                    Instant.parse(origin.started),
                    Optional.ofNullable(origin.ended).map(Instant::parse),
                    origin.seconds == null ? Map.of() : origin.seconds));
        }
    }

    /** Texts by name in the order of the file; other scalar values are taken as their text. */
    private static final class Values extends LinkedHashMap<String, Object> {
        private static final long serialVersionUID = 1L;

        Map<String, String> texts() {
            Map<String, String> texts = new LinkedHashMap<>();
            forEach((name, value) -> texts.put(name, String.valueOf(value)));
            return texts;
        }
    }

    private static final class Infos extends LinkedHashMap<String, ScalarInfo> {
        private static final long serialVersionUID = 1L;
    }
}

package dev.assay.analyses.fidelity.explain;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.assay.analysis.Input;
import dev.assay.analysis.InputException;
import dev.assay.analysis.InputKind;
import dev.assay.analysis.Location;
import dev.assay.data.graph.GraphTask;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads {@link ExplanationFile}s. */
public final class ExplanationFileKind implements InputKind {

    private static final int HEAD = 512;
    private static final String EXPLAINER = "explainer";
    private static final Set<String> COLUMNS = Set.of("graph", "node", "u", "v", "score", EXPLAINER);

    @Override
    public String id() {
        return "edge-explanations";
    }

    @Override
    public String title() {
        return "Explanations (CSV)";
    }

    @Override
    public Class<? extends Input> type() {
        return ExplanationFile.class;
    }

    @Override
    public List<String> extensions() {
        return List.of("csv");
    }

    @Override
    public boolean recognises(Location location) {
        if (!Files.isRegularFile(location.path())) {
            return false;
        }
        try (InputStream in = Files.newInputStream(location.path())) {
            String head = new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
            List<String> names = names(head.lines().findFirst().orElse("").split(",", -1));
            return names.containsAll(List.of("u", "v", "score"))
                    && (names.contains("graph") || names.contains("node"));
        } catch (IOException e) {
            return false;
        }
    }

    private static List<String> names(String[] fields) {
        return Arrays.stream(fields)
                .map(f -> f.replace("\uFEFF", "").replace("\"", "").strip().toLowerCase(Locale.ROOT))
                .toList();
    }

    @Override
    public Input open(Location location) throws InputException {
        String where = location.fileName();
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofCsvRecord(location.path())) {
            Reading reading = null;
            for (CsvRecord record : reader) {
                if (reading == null) {
                    reading = new Reading(where, names(record.getFields().toArray(String[]::new)), stem(where));
                } else if (record.getFieldCount() > 1 || !record.getField(0).isBlank()) {
                    reading.row(record);
                }
            }
            if (reading == null) {
                throw new InputException("the file is empty", where, "write a header line graph,u,v,score");
            }
            return new ExplanationFile(location, reading.task, reading.parts());
        } catch (NoSuchFileException e) {
            throw new InputException("there is no such file", where, "check the path", e);
        } catch (CsvParseException e) {
            throw new InputException("this is no CSV (" + e.getMessage() + ")", where, "save it as CSV in UTF-8", e);
        } catch (IOException e) {
            throw unreadable(e, where);
        } catch (UncheckedIOException e) {
            throw unreadable(e.getCause(), where);
        }
    }

    private static InputException unreadable(IOException e, String where) {
        return new InputException("the file cannot be read (" + e.getMessage() + ")", where, "check the file", e);
    }

    private static String stem(String fileName) {
        int dot = fileName.lastIndexOf('.');
        return dot > 0 ? fileName.substring(0, dot) : fileName;
    }

    private record Row(int key, int u, int v, double score, int line) {}

    /** The rows read so far. */
    private static final class Reading {

        private final String where;
        private final String fallback;
        private final List<String> header;
        private final GraphTask task;
        private final Map<String, List<Row>> rows = new LinkedHashMap<>();
        private final Map<String, Set<List<Integer>>> seen = new LinkedHashMap<>();

        Reading(String where, List<String> header, String fallback) throws InputException {
            this.where = where;
            this.header = header;
            this.fallback = fallback;
            boolean graph = header.contains("graph");
            if (graph == header.contains("node") || !header.containsAll(List.of("u", "v", "score"))) {
                throw new InputException(
                        "the header line is " + String.join(",", header), where + ", line 1",
                        "write graph,u,v,score for graphs or node,u,v,score for nodes");
            }
            for (String name : header) {
                if (!COLUMNS.contains(name)) {
                    throw new InputException(
                            "there is an unknown column '" + name + "'", where + ", line 1",
                            "keep graph or node, u, v, score and explainer");
                }
            }
            this.task = graph ? GraphTask.GRAPH : GraphTask.NODE;
        }

        void row(CsvRecord record) throws InputException {
            int line = (int) record.getStartingLineNumber();
            if (record.getFieldCount() != header.size()) {
                throw new InputException(
                        "there are " + record.getFieldCount() + " values for " + header.size() + " columns",
                        where + ", line " + line, "give every row as many values as the header has names");
            }
            String name = header.contains(EXPLAINER) ? field(record, EXPLAINER) : fallback;
            if (name.isEmpty()) {
                throw new InputException(
                        "the name of the explainer is empty", where + ", line " + line, "name every row's explainer");
            }
            Row row = new Row(
                    id(record, task.toString(), line), id(record, "u", line), id(record, "v", line),
                    score(record, line), line);
            if (!seen.computeIfAbsent(name, n -> new HashSet<>()).add(List.of(row.key, row.u, row.v))) {
                throw new InputException(
                        "the edge from " + row.u + " to " + row.v + " of " + task + " " + row.key
                                + " is given a second time",
                        where + ", line " + line, "give each edge one score");
            }
            rows.computeIfAbsent(name, n -> new ArrayList<>()).add(row);
        }

        private String field(CsvRecord record, String name) {
            return record.getField(header.indexOf(name)).strip();
        }

        private int id(CsvRecord record, String name, int line) throws InputException {
            String text = field(record, name);
            try {
                int value = Integer.parseInt(text);
                if (value >= 0) {
                    return value;
                }
            } catch (NumberFormatException e) {
                // Told below, as a negative number is.
            }
            throw new InputException(
                    "'" + text + "' in column " + name + " is no whole number from 0", where + ", line " + line,
                    "number graphs and nodes from 0");
        }

        private double score(CsvRecord record, int line) throws InputException {
            String text = field(record, "score");
            try {
                return switch (text.toLowerCase(Locale.ROOT)) {
                    case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
                    case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
                    case "nan", "" -> Double.NaN;
                    default -> Double.parseDouble(text);
                };
            } catch (NumberFormatException e) {
                throw new InputException(
                        "'" + text + "' in column score is no number", where + ", line " + line,
                        "write scores with a decimal point", e);
            }
        }

        List<ExplanationFile.Part> parts() {
            List<ExplanationFile.Part> parts = new ArrayList<>();
            rows.forEach((name, list) -> {
                list.sort((a, b) -> a.key != b.key ? Integer.compare(a.key, b.key)
                        : a.u != b.u ? Integer.compare(a.u, b.u) : Integer.compare(a.v, b.v));
                parts.add(new ExplanationFile.Part(
                        name,
                        list.stream().mapToInt(Row::key).toArray(),
                        list.stream().mapToInt(Row::u).toArray(),
                        list.stream().mapToInt(Row::v).toArray(),
                        list.stream().mapToDouble(Row::score).toArray(),
                        list.stream().mapToInt(Row::line).toArray()));
            });
            if (parts.isEmpty()) {
                parts.add(new ExplanationFile.Part(
                        fallback, new int[0], new int[0], new int[0], new double[0], new int[0]));
            }
            return parts;
        }
    }
}

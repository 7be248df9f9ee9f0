package dev.assay.analyses.nap.verify;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.assay.analysis.Input;
import dev.assay.analysis.InputException;
import dev.assay.analysis.InputKind;
import dev.assay.analysis.Location;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads {@code results.csv} of a batch: {@code category,network,property,prepare_seconds,result,seconds}, no header. */
public final class EarlierResultsKind implements InputKind {

    private static final int HEAD = 1024;
    private static final int FIELDS = 6;
    private static final Set<String> RESULTS = Set.of("sat", "unsat", "timeout", "unknown");

    @Override
    public String id() {
        return "verification-results";
    }

    @Override
    public String title() {
        return "Results of a verification batch";
    }

    @Override
    public Class<? extends Input> type() {
        return EarlierResults.class;
    }

    @Override
    public List<String> extensions() {
        return List.of("csv");
    }

    @Override
    public boolean recognises(Location location) {
        if (!location.fileName().endsWith(".csv") || !Files.isRegularFile(location.path())) {
            return false;
        }
        try (var in = Files.newInputStream(location.path())) {
            String head = new String(in.readNBytes(HEAD), java.nio.charset.StandardCharsets.UTF_8);
            String line = head.lines().findFirst().orElse("");
            return CsvReader.builder().ofCsvRecord(line).stream().anyMatch(EarlierResultsKind::isResult);
        } catch (IOException | CsvParseException e) {
            return false;
        }
    }

    private static boolean isResult(CsvRecord record) {
        return record.getFieldCount() >= FIELDS
                && record.getField(2).endsWith(".vnnlib")
                && RESULTS.contains(record.getField(4));
    }

    @Override
    public Input open(Location location) throws InputException {
        Set<List<String>> decided = new HashSet<>();
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(location.path())) {
            for (CsvRecord record : reader) {
                if (!isResult(record)) {
                    throw new InputException(
                            "this is no result of an instance",
                            location.fileName() + ", line " + record.getStartingLineNumber(),
                            "choose the results.csv that a batch wrote");
                }
                if (record.getField(4).endsWith("sat")) {
                    decided.add(decided(record, location));
                }
            }
        } catch (IOException | UncheckedIOException | CsvParseException e) {
            throw new InputException(
                    "the results cannot be read (" + e.getMessage() + ")", location.fileName(), "check the file", e);
        }
        return new EarlierResults(location, decided);
    }

    private static List<String> decided(CsvRecord record, Location location) throws InputException {
        try {
            return List.of(file(record.getField(1)), file(record.getField(2)));
        } catch (InvalidPathException e) {
            throw new InputException(
                    "this names no files (" + e.getReason() + ")",
                    location.fileName() + ", line " + record.getStartingLineNumber(),
                    "choose the results.csv that a batch wrote",
                    e);
        }
    }

    private static String file(String path) {
        return String.valueOf(Path.of(path).getFileName());
    }
}

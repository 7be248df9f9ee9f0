package dev.assay.data.csv;

import dev.assay.analysis.Input;
import dev.assay.analysis.InputException;
import dev.assay.analysis.InputKind;
import dev.assay.analysis.InputOption;
import dev.assay.analysis.Location;
import dev.assay.data.Dataset;
import dev.assay.data.source.ClassNames;
import dev.assay.data.source.CommonOptions;
import dev.assay.data.source.OptionReader;
import dev.assay.data.source.SourceDataset;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;

/** Datasets in CSV files. */
public final class CsvKind implements InputKind {

    private static final List<InputOption> OPTIONS = CommonOptions.after(
            new InputOption(
                    "label",
                    "Label column",
                    "last, first, none, a column's name, or its number from 0 (-1 is the last); otherwise a column"
                            + " called label, class or target, else the only column of text, else the last",
                    ""),
            new InputOption(
                    "skip",
                    "Columns to leave out",
                    "Names or numbers from 0, separated by commas, e.g. id,name",
                    ""),
            ClassNames.OPTION,
            new InputOption(
                    "header",
                    "First line",
                    "yes (column names), no, counts (rows, columns, class names), or auto",
                    "auto"),
            new InputOption(
                    "delimiter",
                    "Delimiter",
                    "comma, semicolon, tab, space, bar, or auto",
                    "auto"),
            new InputOption("decimal", "Decimal mark", "point, comma, or auto", "auto"));

    @Override
    public String id() {
        return "csv";
    }

    @Override
    public String title() {
        return "CSV dataset";
    }

    @Override
    public Class<? extends Input> type() {
        return Dataset.class;
    }

    @Override
    public List<String> extensions() {
        return List.of("csv", "tsv");
    }

    @Override
    public List<InputOption> options() {
        return OPTIONS;
    }

    @Override
    public boolean recognises(Location location) {
        String name = location.fileName().toLowerCase(Locale.ROOT);
        return (name.endsWith(".csv") || name.endsWith(".tsv")) && Files.isRegularFile(location.path());
    }

    @Override
    public Dataset open(Location location) throws InputException {
        OptionReader options = new OptionReader(location, OPTIONS);
        return SourceDataset.of(options, CsvSource.open(options));
    }
}

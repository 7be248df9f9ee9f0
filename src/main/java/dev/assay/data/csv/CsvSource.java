package dev.assay.data.csv;

import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;
import de.siegmar.fastcsv.reader.IndexedCsvReader;
import dev.assay.analysis.InputException;
import dev.assay.data.source.ClassNames;
import dev.assay.data.source.ElementType;
import dev.assay.data.source.FileStamp;
import dev.assay.data.source.ImageOrder;
import dev.assay.data.source.Interruption;
import dev.assay.data.source.Limits;
import dev.assay.data.source.OptionReader;
import dev.assay.data.source.SampleReader;
import dev.assay.data.source.SampleSource;
import dev.assay.data.source.StoredForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The rows of a CSV file. */
final class CsvSource implements SampleSource {

    private final CsvFile file;
    private final CsvHead head;
    private final CsvColumns columns;
    private final CsvLabels labels;
    private final List<Path> files;

    private CsvSource(CsvFile file, CsvHead head, CsvColumns columns, CsvLabels labels, List<Path> files) {
        this.file = file;
        this.head = head;
        this.columns = columns;
        this.labels = labels;
        this.files = files;
    }

    static CsvSource open(OptionReader options) throws InputException {
        CsvFile file = CsvFile.open(options);
        String where = options.location().path().toString();
        List<CsvRecord> rows = firstPage(file);
        if (rows.isEmpty()) {
            throw new InputException("the table has no rows", where, "choose another file");
        }
        List<String> first = rows.getFirst().getFields();
        List<String> second = rows.size() > 1 ? rows.get(1).getFields() : null;
        CsvHead head = CsvHead.of(options, first, second, file);
        if (file.records() == head.lines()) {
            throw new InputException("the table has a header but no rows", where, "choose another file");
        }
        if (head.columns().size() > Limits.SAMPLE_VALUES) {
            throw new InputException("the table has " + head.columns().size() + " columns", where, "split it");
        }
        CsvColumns columns = CsvColumns.of(
                options,
                head.columns(),
                head.lines() == 0 || second == null ? first : second,
                file.decimalComma(),
                countsRows(rows, head.lines()));
        List<Path> files = new ArrayList<>(List.of(options.location().path()));
        Optional<ClassNames> names = ClassNames.of(options);
        CsvLabels labels = null;
        if (columns.label() >= 0) {
            Map<String, Long> texts = new CsvSource(file, head, columns, null, files).labelTexts();
            if (columns.guessed() && texts.size() == 1 && looksLikeLabels(rows, head.lines())) {
                throw new InputException(
                        "the last column holds nothing but '" + texts.keySet().iterator().next()
                                + "', and the first one looks like labels",
                        where,
                        "say which holds the labels, with label=first or label=last");
            }
            labels = CsvLabels.of(
                    texts.keySet(), head.classes(), where + " (" + columns.describe(columns.label()) + ")");
            if (names.isPresent()) {
                labels = labels.as(names.get(), texts, options.location().path());
                names.get().file().ifPresent(files::add);
            }
        } else if (names.isPresent()) {
            throw options.wrong("classes", "the table has no column of labels; name it with label=");
        }
        return new CsvSource(file, head, columns, labels, List.copyOf(files));
    }

    /** Whether the first column is the number of the row, as data frames write it in front. */
    private static boolean countsRows(List<CsvRecord> rows, int from) {
        for (int r = from; r < rows.size(); r++) {
            if (!rows.get(r).getField(0).strip().equals(String.valueOf(r - from))) {
                return false;
            }
        }
        return true;
    }

    /** Whether the first column has several small whole numbers, as tables of pixels with the label in front have. */
    private static boolean looksLikeLabels(List<CsvRecord> rows, int from) {
        List<String> texts = rows.stream().skip(from).map(r -> r.getField(0).strip()).toList();
        return texts.stream().distinct().count() > 1 && texts.stream().allMatch(t -> t.matches("[0-9]{1,3}"));
    }

    /** Rows from the first record on. */
    private static List<CsvRecord> firstPage(CsvFile file) throws InputException {
        if (file.records() == 0) {
            return List.of();
        }
        try (IndexedCsvReader<CsvRecord> reader = file.reader(CsvRecordHandler.of())) {
            List<CsvRecord> rows = new ArrayList<>(file.page(reader, 0));
            if (rows.size() == file.lead() + 1 && file.records() > 1) {
                rows.addAll(file.page(reader, 1));
            }
            rows.subList(0, file.lead()).clear();
            return rows.subList(0, (int) Math.min(rows.size(), file.records()));
        } catch (IOException e) {
            throw FileStamp.unreadable(file.stamp().path(), e);
        }
    }

    /** The texts of the label column, with the line where each occurs first. */
    private Map<String, Long> labelTexts() throws InputException {
        Map<String, Long> texts = new LinkedHashMap<>();
        try (Reader reader = new Reader(0, false)) {
            for (long row = 0; row < count(); row++) {
                CsvRow read = reader.next();
                if (CsvRowHandler.isMissing(read.label)) {
                    throw problem("there is no label in line " + read.line + ", " + columns.describe(columns.label()),
                            "fill it in, take the row out, or name another column with label=");
                }
                texts.putIfAbsent(read.label, read.line);
                if (texts.size() > Limits.CLASS_NUMBERS) {
                    throw problem(columns.describe(columns.label()) + " holds over " + Limits.CLASS_NUMBERS
                            + " different values, so it holds no classes",
                            "name the label column with label=, or label=none");
                }
            }
        }
        return texts;
    }

    private InputException problem(String what, String mend) {
        return new InputException(what, file.stamp().path().toString(), mend);
    }

    @Override
    public long count() {
        return file.records() - head.lines();
    }

    @Override
    public StoredForm form() {
        return new StoredForm(
                ElementType.F32, ByteOrder.LITTLE_ENDIAN, new int[] {columns.features()}, ImageOrder.NONE);
    }

    @Override
    public List<String> classes() {
        return labels == null ? List.of() : labels.classes();
    }

    @Override
    public List<Path> files() {
        return files;
    }

    @Override
    public SampleReader read(long first) {
        return new Reader(first, true);
    }

    @Override
    public void close() {
        // every reader has its own file handle
    }

    /** Reads page by page. */
    private final class Reader implements SampleReader {

        private boolean values;
        private IndexedCsvReader<CsvRow> reader;
        private List<CsvRow> page = List.of();
        private int pageNumber = -1;
        /** Next record of the file, all lines counted. */
        private long next;

        Reader(long first, boolean values) {
            this.next = first + file.lead() + head.lines();
            this.values = values;
        }

        CsvRow next() throws InputException {
            int pageSize = file.index().pageSize();
            int wanted = (int) (next / pageSize);
            if (wanted != pageNumber) {
                Interruption.check();
                if (reader == null) {
                    reader = file.reader(new CsvRowHandler(columns, values, file.decimalComma()));
                }
                page = file.page(reader, wanted);
                pageNumber = wanted;
            }
            int at = (int) (next % pageSize);
            if (at >= page.size()) {
                throw problem("the file has lost rows since it was opened", "open it again");
            }
            CsvRow row = page.get(at);
            next++;
            if (row.fields != columns.count()) {
                throw row.fields == 0
                        ? problem(
                                "line " + row.line + " is empty",
                                "take the empty lines out; Python on Windows writes one behind every row unless the file is"
                                        + " opened with newline=''")
                        : problem(
                                "line " + row.line + " has " + row.fields + " fields instead of " + columns.count(),
                                "give every row the same number of columns, or name the delimiter");
            }
            return row;
        }

        @Override
        public void read(byte[] block, int samples, int[] labelsOut, int at) throws InputException {
            parseValues(true);
            ByteBuffer out = ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN);
            for (int i = 0; i < samples; i++) {
                CsvRow row = next();
                if (row.badColumn >= 0) {
                    throw badValue(row);
                }
                for (float value : row.values) {
                    out.putFloat(value);
                }
                labelsOut[at + i] = label(row);
            }
        }

        private InputException badValue(CsvRow row) {
            boolean comma = row.badText.matches("[+-]?\\d*,\\d+");
            String place = "line " + row.line + ", " + columns.describe(row.badColumn);
            return CsvRowHandler.isMissing(row.badText)
                    ? problem("a value is missing in " + place,
                            "fill it in, take the row out, or leave the column out with skip=" + row.badColumn)
                    : problem("'" + shortened(row.badText) + "' in " + place + " is no number",
                            (comma ? "say decimal=comma if that is its decimal mark" : "mend it")
                                    + ", name the label column with label=, or leave the column out with skip="
                                    + row.badColumn);
        }

        private static String shortened(String text) {
            String printable = text.replaceAll("\\p{Cntrl}", "?");
            return printable.length() <= 40 ? printable : printable.substring(0, 40) + "...";
        }

        private int label(CsvRow row) throws InputException {
            if (labels == null) {
                return -1;
            }
            int index = labels.index(row.label);
            if (index < 0) {
                throw problem("the class '" + shortened(row.label) + "' in line " + row.line + " is new",
                        "the file was changed; open it again");
            }
            return index;
        }

        @Override
        public void readLabels(int samples, int[] labelsOut, int at) throws InputException {
            if (labels == null) {
                Arrays.fill(labelsOut, at, at + samples, -1);
                skip(samples);
                return;
            }
            parseValues(false);
            for (int i = 0; i < samples; i++) {
                labelsOut[at + i] = label(next());
            }
        }

        /** Numbers take most of the time; who wants labels alone need not wait for them. */
        private void parseValues(boolean wanted) {
            if (values != wanted) {
                close();
                reader = null;
                pageNumber = -1;
                values = wanted;
            }
        }

        @Override
        public void skip(long samples) {
            next += samples;
        }

        @Override
        public void close() {
            if (reader != null) {
                try {
                    reader.close();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }
}

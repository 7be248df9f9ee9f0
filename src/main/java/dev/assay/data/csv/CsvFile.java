package dev.assay.data.csv;

import de.siegmar.fastcsv.reader.CsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvIndex;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.IndexedCsvReader;
import dev.assay.analysis.InputException;
import dev.assay.data.source.FileStamp;
import dev.assay.data.source.OptionReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A CSV file whose lines were counted once and can be read page by page from any one on.
 *
 * @param stamp the file
 * @param delimiter between fields
 * @param index where pages of records begin
 * @param lead number of empty lines and remarks before the first record
 * @param records number of records, a header included, what is in front and empty lines at the end not
 * @param decimalComma whether numbers are written as {@code 0,5}
 */
record CsvFile(FileStamp stamp, char delimiter, CsvIndex index, int lead, long records, boolean decimalComma) {

    private static final Pattern COMMA_NUMBER = Pattern.compile("[+-]?\\d*,\\d+([eE][+-]?\\d+)?");
    private static final Pattern POINT_NUMBER = Pattern.compile("[+-]?\\d*\\.\\d+([eE][+-]?\\d+)?");
    private static final String REMARK = "#";
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final int HEAD_BYTES = 1 << 16;
    private static final int PAGE_BYTES = 1 << 19;
    private static final int LARGEST_PAGE = 1024;
    private static final int LONGEST_FIELD = 1 << 24;

    /**
     * Counts a file's records.
     *
     * @throws InputException when it cannot be read or is no text
     */
    static CsvFile open(OptionReader options) throws InputException {
        FileStamp stamp = FileStamp.of(options.location().path());
        byte[] head;
        try (InputStream in = Files.newInputStream(stamp.path())) {
            head = in.readNBytes(HEAD_BYTES);
        } catch (IOException e) {
            throw FileStamp.unreadable(stamp.path(), e);
        }
        for (byte b : head) {
            if (b == 0) {
                throw new InputException(
                        "this is no text: it holds zero bytes",
                        stamp.path().toString(),
                        "save the table as CSV in UTF-8");
            }
        }
        String text = new String(head, StandardCharsets.UTF_8);
        String line = text.lines()
                .map(l -> l.startsWith(BYTE_ORDER_MARK) ? l.substring(1) : l)
                .filter(l -> !l.isBlank() && !l.startsWith(REMARK))
                .findFirst()
                .orElse("");
        char delimiter = delimiter(options, line);
        int lineBytes = Math.max(1, line.length());
        int pageSize = Math.clamp(PAGE_BYTES / lineBytes, 1, LARGEST_PAGE);
        try (IndexedCsvReader<CsvRecord> reader =
                builder(delimiter).pageSize(pageSize).ofCsvRecord(stamp.path())) {
            List<CsvRecord> first = reader.getIndex().recordCount() == 0 ? List.of() : reader.readPage(0);
            int lead = lead(first);
            return new CsvFile(
                    stamp,
                    delimiter,
                    reader.getIndex(),
                    lead,
                    Math.max(0, withoutEmptyEnd(reader) - lead),
                    decimalComma(options, delimiter, first));
        } catch (IOException e) {
            throw FileStamp.unreadable(stamp.path(), e);
        } catch (CsvParseException e) {
            throw malformed(stamp, e);
        }
    }

    private static IndexedCsvReader.IndexedCsvReaderBuilder builder(char delimiter) {
        return IndexedCsvReader.builder().fieldSeparator(delimiter).maxBufferSize(LONGEST_FIELD);
    }

    private static long withoutEmptyEnd(IndexedCsvReader<CsvRecord> reader) throws IOException {
        long records = reader.getIndex().recordCount();
        for (int p = reader.getIndex().pages().size() - 1; p >= 0; p--) {
            List<CsvRecord> page = reader.readPage(p);
            for (int r = page.size() - 1; r >= 0; r--) {
                List<String> fields = page.get(r).getFields();
                if (fields.size() > 1 || !fields.isEmpty() && !fields.getFirst().isBlank()) {
                    return records;
                }
                records--;
            }
        }
        return records;
    }

    /** Empty lines, and remarks, which have other fields than the rows after them (a header may begin with # as well). */
    private static int lead(List<CsvRecord> first) {
        int width = first.stream()
                .filter(row -> !isEmpty(row) && !isRemark(row))
                .mapToInt(CsvRecord::getFieldCount)
                .findFirst()
                .orElse(0);
        int lead = 0;
        while (lead + 1 < first.size()
                && (isEmpty(first.get(lead))
                        || isRemark(first.get(lead)) && first.get(lead).getFieldCount() != width)) {
            lead++;
        }
        return lead;
    }

    private static boolean isEmpty(CsvRecord row) {
        return row.getFieldCount() == 1 && row.getField(0).isBlank();
    }

    private static boolean isRemark(CsvRecord row) {
        return row.getField(0).startsWith(REMARK);
    }

    /** The option {@code decimal}, or whether numbers have commas and none a point. */
    private static boolean decimalComma(OptionReader options, char delimiter, List<CsvRecord> first)
            throws InputException {
        return switch (options.choice("decimal", "auto", "point", "comma", "auto")) {
            case "comma" -> true;
            case "point" -> false;
            default ->
                delimiter != ','
                        && occurs(COMMA_NUMBER, first)
                        && !occurs(POINT_NUMBER, first);
        };
    }

    private static boolean occurs(Pattern number, List<CsvRecord> rows) {
        return rows.stream()
                .flatMap(row -> row.getFields().stream())
                .anyMatch(field -> number.matcher(field.strip()).matches());
    }

    private static char delimiter(OptionReader options, String line) throws InputException {
        return switch (options.choice("delimiter", "auto", "comma", "semicolon", "tab", "space", "bar", "auto")) {
            case "comma" -> ',';
            case "semicolon" -> ';';
            case "tab" -> '\t';
            case "space" -> ' ';
            case "bar" -> '|';
            default -> hasDecimalCommas(line) ? ';' : mostFrequent(line);
        };
    }

    /** Whether there are semicolons, and every comma stands alone between the digits of a field. */
    private static boolean hasDecimalCommas(String line) {
        int commas = 0;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == ',' && (++commas > 1 || !isDigit(line, i - 1) || !isDigit(line, i + 1))) {
                return false;
            }
            commas = c == ';' ? 0 : commas;
        }
        return line.indexOf(';') >= 0;
    }

    private static boolean isDigit(String line, int at) {
        return at >= 0 && at < line.length() && Character.isDigit(line.charAt(at));
    }

    /** The delimiter that occurs most often outside quotes; a comma when none does. */
    private static char mostFrequent(String line) {
        char best = ',';
        long most = 0;
        for (char candidate : new char[] {',', ';', '\t', '|', ' '}) {
            long count = 0;
            boolean quoted = false;
            for (int i = 0; i < line.length(); i++) {
                quoted ^= line.charAt(i) == '"';
                count += !quoted && line.charAt(i) == candidate ? 1 : 0;
            }
            // a space may follow the real delimiter
            if (count > most && !(candidate == ' ' && most > 0)) {
                best = candidate;
                most = count;
            }
        }
        return best;
    }

    /** Opens the file again to read pages. */
    <T> IndexedCsvReader<T> reader(CsvCallbackHandler<T> handler) throws InputException {
        stamp.check();
        try {
            return builder(delimiter)
                    .pageSize(index.pageSize())
                    .index(index)
                    .build(handler, stamp.path());
        } catch (IOException e) {
            throw FileStamp.unreadable(stamp.path(), e);
        } catch (IllegalArgumentException e) {
            throw new InputException(
                    "the file was changed while it was open", stamp.path().toString(), "open it again", e);
        }
    }

    /** Reads a page. */
    <T> List<T> page(IndexedCsvReader<T> reader, int page) throws InputException {
        stamp.check();
        try {
            return reader.readPage(page);
        } catch (IOException e) {
            throw FileStamp.unreadable(stamp.path(), e);
        } catch (CsvParseException e) {
            throw malformed(stamp, e);
        }
    }

    private static InputException malformed(FileStamp stamp, CsvParseException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        return new InputException(
                "the table is malformed (" + cause.getMessage() + ")",
                stamp.path().toString(),
                "check the quotes and the delimiter near there",
                e);
    }
}

package dev.assay.data.graph;

import dev.assay.analysis.InputException;
import dev.assay.data.source.FileStamp;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Text files of numbers, a row per line, separated by commas or blanks. Empty lines at the end are passed over. */
final class NumberLines {

    private static final int LONGEST = 1 << 20;

    private NumberLines() {}

    /**
     * Whole numbers, row-major.
     *
     * @param columns wanted in every line
     * @throws InputException naming file and line
     */
    static long[] whole(Path path, int columns, String noun) throws InputException {
        Sink sink = new Sink(path, columns, noun);
        read(path, sink);
        return Arrays.copyOf(sink.values, sink.count);
    }

    /** Numbers, row-major; the first line tells how many to a line. */
    static Rows real(Path path, String noun) throws InputException {
        RealSink sink = new RealSink(path, noun);
        read(path, sink);
        return new Rows(Math.max(0, sink.columns), Arrays.copyOf(sink.values, sink.count));
    }

    /**
     * Numbers.
     *
     * @param columns of a row
     * @param values row-major
     */
    record Rows(int columns, double[] values) {}

    private interface Lines {
        void line(String line, int number) throws InputException;
    }

    private static void read(Path path, Lines lines) throws InputException {
        FileStamp.of(path);
        try (BufferedReader reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
            int number = 0;
            int empty = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                if (line.isBlank()) {
                    empty = empty == 0 ? number : empty;
                    continue;
                }
                if (empty > 0) {
                    throw new InputException("line " + empty + " is empty", path.toString(), "remove it");
                }
                if (line.length() > LONGEST) {
                    throw new InputException(
                            "line " + number + " is " + line.length() + " characters long", path.toString(),
                            "this is no file of numbers");
                }
                lines.line(line, number);
            }
        } catch (CharacterCodingException e) {
            throw new InputException("this is no text", path.toString(), "choose a TU folder of text files", e);
        } catch (IOException e) {
            throw FileStamp.unreadable(path, e);
        }
    }

    private static boolean separates(char c) {
        return c == ',' || c == ' ' || c == '\t' || c == ';';
    }

    private static final class Sink implements Lines {

        private final Path path;
        private final int columns;
        private final String noun;
        private long[] values = new long[1024];
        private int count;

        Sink(Path path, int columns, String noun) {
            this.path = path;
            this.columns = columns;
            this.noun = noun;
        }

        @Override
        public void line(String line, int number) throws InputException {
            int found = 0;
            int i = 0;
            int length = line.length();
            while (i < length) {
                while (i < length && separates(line.charAt(i))) {
                    i++;
                }
                if (i == length) {
                    break;
                }
                int begin = i;
                while (i < length && !separates(line.charAt(i))) {
                    i++;
                }
                if (found < columns) {
                    add(whole(line, begin, i, number));
                }
                found++;
            }
            if (found != columns) {
                throw new InputException(
                        "line " + number + " has " + found + (found == 1 ? " number" : " numbers") + ", expected "
                                + columns,
                        path.toString(),
                        noun + (columns == 1 ? " is one whole number to a line" : " is two whole numbers to a line"));
            }
        }

        private long whole(String line, int begin, int end, int number) throws InputException {
            try {
                return Long.parseLong(line, begin, end, 10);
            } catch (NumberFormatException e) {
                throw new InputException(
                        "line " + number + " holds '" + shown(line.substring(begin, end))
                                + "', which is no whole number",
                        path.toString(),
                        noun + " is a whole number; classes are whole numbers too, and values to be estimated"
                                + " (regression) cannot be used",
                        e);
            }
        }

        private void add(long value) {
            if (count == values.length) {
                values = Arrays.copyOf(values, Math.multiplyExact(count, 2));
            }
            values[count++] = value;
        }
    }

    private static final class RealSink implements Lines {

        private final Path path;
        private final String noun;
        private double[] values = new double[1024];
        private int count;
        private int columns = -1;

        RealSink(Path path, String noun) {
            this.path = path;
            this.noun = noun;
        }

        @Override
        public void line(String line, int number) throws InputException {
            String[] parts = line.strip().split("\\s*[,;]\\s*|\\s+");
            if (columns < 0) {
                columns = parts.length;
            }
            if (parts.length != columns) {
                throw new InputException(
                        "line " + number + " has " + parts.length + " numbers, expected " + columns,
                        path.toString(),
                        "every line of " + noun + " has as many as the first");
            }
            for (String part : parts) {
                double value;
                try {
                    value = Double.parseDouble(part);
                } catch (NumberFormatException e) {
                    throw new InputException(
                            "line " + number + " holds '" + shown(part) + "', which is no number", path.toString(),
                            "write numbers separated by commas", e);
                }
                if (!Double.isFinite(value)) {
                    throw new InputException(
                            "line " + number + " holds " + value, path.toString(), "write finite numbers");
                }
                if (count == values.length) {
                    values = Arrays.copyOf(values, Math.multiplyExact(count, 2));
                }
                values[count++] = value;
            }
        }
    }

    private static String shown(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "..." : text;
    }
}

package dev.assay.data.source;

import dev.assay.analysis.InputException;
import dev.assay.data.ClassOrder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Labels stored one per sample as whole numbers from 0. Checked as a whole when they are opened. */
public final class Labels implements AutoCloseable {

    private static final int PIECE = 8192;

    private final RecordStore records;
    private final Path path;
    private final ElementType type;
    private final ByteOrder order;
    private final List<String> classes;
    /** Class of each stored number, -1 for none; null where the number is the class. */
    private final int[] places;

    private Labels(
            RecordStore records, Path path, ElementType type, ByteOrder order, List<String> names, boolean numbers)
            throws InputException {
        this.records = records;
        this.path = path;
        this.type = type;
        this.order = order;
        int greatest = scan(names.isEmpty() || numbers ? Limits.CLASSES : names.size());
        this.classes = names.isEmpty() ? numbered(greatest + 1) : names;
        this.places = numbers ? ClassOrder.places(numbered(greatest + 1), names) : null;
        if (numbers) {
            scan(names.size());
        }
    }

    /**
     * Reads all labels once to check them.
     *
     * @param names class names when they are known, else empty: the classes are then 0 to the greatest label. Where all
     *     of them are whole numbers, such as 1 to 10, labels are found among them by number, else they count the names
     * @throws InputException when one is no whole number, negative, or not below the number of classes; the records are
     *     closed then
     */
    public static Labels of(RecordStore records, Path path, ElementType type, ByteOrder order, List<String> names)
            throws InputException {
        boolean numbers = !names.isEmpty() && names.stream().allMatch(ClassOrder::isWhole);
        return of(records, path, type, order, names, numbers);
    }

    /** The same for numbers that count the names, whatever these are. */
    public static Labels counting(
            RecordStore records, Path path, ElementType type, ByteOrder order, List<String> names)
            throws InputException {
        return of(records, path, type, order, names, false);
    }

    private static Labels of(
            RecordStore records, Path path, ElementType type, ByteOrder order, List<String> names, boolean numbers)
            throws InputException {
        try {
            return new Labels(records, path, type, order, names, numbers);
        } catch (InputException | RuntimeException e) {
            records.close();
            throw e;
        }
    }

    /** Classes named by their numbers. */
    public static List<String> numbered(int count) {
        return IntStream.range(0, count).mapToObj(String::valueOf).toList();
    }

    private int scan(int classCount) throws InputException {
        int greatest = 0;
        int[] labels = new int[PIECE];
        try (Reader reader = read(0)) {
            for (long at = 0; at < records.count(); at += PIECE) {
                int count = (int) Math.min(PIECE, records.count() - at);
                reader.read(labels, 0, count, classCount);
                for (int i = 0; i < count; i++) {
                    greatest = Math.max(greatest, labels[i]);
                }
            }
        }
        return greatest;
    }

    /** Class names. */
    public List<String> classes() {
        return classes;
    }

    /** The file. */
    public Path path() {
        return path;
    }

    /** Reads in order from a sample on. */
    public Reader read(long first) {
        return new Reader(records.read(first), first);
    }

    /** Reads at random. */
    public Reader readAt(long first) {
        return new Reader(records.readAt(first), first);
    }

    @Override
    public void close() {
        records.close();
    }

    /** Reads labels in order. */
    public final class Reader implements AutoCloseable {

        private final RecordStore.Reader reader;
        private ByteBuffer piece = ByteBuffer.allocate(0);
        private long next;

        private Reader(RecordStore.Reader reader, long next) {
            this.reader = reader;
            this.next = next;
        }

        /** Reads the next labels. */
        public void read(int[] labels, int at, int count) throws InputException {
            read(labels, at, count, classes.size());
        }

        private void read(int[] labels, int at, int count, int classCount) throws InputException {
            if (piece.capacity() < count * type.bytes()) {
                piece = ByteBuffer.allocate(count * type.bytes()).order(order);
            }
            reader.read(piece.array(), count);
            for (int i = 0; i < count; i++) {
                labels[at + i] = label(i * type.bytes(), next + i, classCount);
            }
            next += count;
        }

        private int label(int position, long sample, int classCount) throws InputException {
            long label;
            try {
                label = type.toLong(piece, position);
            } catch (ArithmeticException e) {
                throw new InputException(
                        "the label of sample " + sample + " is no class: " + e.getMessage(),
                        path.toString(),
                        "labels are whole numbers from 0",
                        e);
            }
            if (places != null) {
                if (label < 0 || label >= places.length || places[(int) label] < 0) {
                    throw new InputException(
                            "the label " + label + " of sample " + sample + " is not among the classes that are named",
                            path.toString(),
                            "name every class in classes=");
                }
                return places[(int) label];
            }
            if (label < 0 || label >= classCount) {
                throw new InputException(
                        "the label " + label + " of sample " + sample + " is outside 0.." + (classCount - 1),
                        path.toString(),
                        "check that this is the labels file and that every class has a name");
            }
            return (int) label;
        }

        /** Passes over labels. */
        public void skip(long count) {
            reader.skip(count);
            next += count;
        }

        @Override
        public void close() {
            reader.close();
        }
    }
}

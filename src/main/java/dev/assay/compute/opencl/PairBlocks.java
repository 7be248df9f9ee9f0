package dev.assay.compute.opencl;

import dev.assay.compute.PairDistances.Vectors;
import dev.assay.compute.RowTasks;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * One try at the products or distances of all pairs: block by block, those on the diagonal first, since they have the
 * vectors' lengths, then those above it. One stream computes while the other transfers: stretches of coordinates are sent
 * while the ones before are multiplied, and a block is fetched while the next is multiplied.
 */
final class PairBlocks {

    static final String SOURCE = "gram";

    /**
     * Coordinates of a launch: as many as let a cancel be heard, since every launch reads and writes the whole block (a
     * block of 8192 takes 3 ms where a device does 16e12 multiply-adds a second, 80 ms where it does only 0.6e12).
     */
    private static final int STRETCH = 768;

    // As in the source: coordinates come in steps, and a group looks for the nearest of so many columns.
    private static final int STEP = 8;
    private static final int COLUMNS_OF_GROUP = 16;

    /** Groups with large tiles that a unit runs, side by side and one after another, before small tiles are no better. */
    private static final int GROUPS_OF_UNIT = 8;

    /**
     * Products that a group makes. Large tiles read less; small ones leave fewer units idle while the last groups run. The
     * bits are the same.
     */
    private enum Tile {
        LARGE("", 128, 64), SMALL(" -DDOWN=2 -DWARP_ROWS=32 -DWARP_COLUMNS=16", 64, 64);

        private final String options;
        private final int rows;
        private final int columns;

        Tile(String options, int rows, int columns) {
            this.options = options;
            this.rows = rows;
            this.columns = columns;
        }

        long groups(Block block) {
            return (long) Math.ceilDiv(block.rows(), rows) * Math.ceilDiv(block.columns(), columns);
        }

        static Tile of(Block block, int units) {
            long working = block.diagonal() ? LARGE.groups(block) / 2 : LARGE.groups(block);
            return working < (long) GROUPS_OF_UNIT * units ? SMALL : LARGE;
        }
    }

    /** Vectors and columns that a thread of the host takes at once. */
    private static final int PIECE = 64;

    /** Doubles of a cache line: the host mirrors squares of so many. */
    private static final int LINE = 8;

    private final ClStream work;
    private final ClStream transfers;
    private final ClSlots slots;
    private final RowTasks host;
    private final String options;
    private final int units;
    private final List<? extends Vectors> parts;
    private final int n;
    private final int tile;
    private final Runnable check;
    private final double[] lengths;
    private final int[] nearest;
    private final double[] least;

    /** Which launch may still read the stretches of a turn. */
    private final long[] reading = new long[2];
    /** The mark behind the block that has been asked for and not taken yet; 0 for none. */
    private long asked;

    private int turn;

    /**
     * @param host threads for what the host does
     * @param options of the source
     * @param units compute units of the device
     * @param tile vectors of a block's side
     */
    PairBlocks(
            ClContext.Pair streams, RowTasks host, String options, int units, List<? extends Vectors> parts, int n,
            int tile, Runnable check) {
        this.work = streams.first();
        this.transfers = streams.second();
        this.slots = new ClSlots(transfers);
        this.host = host;
        this.options = options;
        this.units = units;
        this.parts = parts;
        this.n = n;
        this.tile = tile;
        this.check = check;
        this.lengths = new double[n];
        this.nearest = new int[n];
        this.least = new double[n];
        Arrays.fill(nearest, -1);
        Arrays.fill(least, Double.POSITIVE_INFINITY);
    }

    double[] lengths() {
        return lengths;
    }

    /** Of each vector, -1 where there is no other. */
    int[] nearest() {
        return nearest;
    }

    private record Block(int row, int rows, int column, int columns, long products) {

        boolean diagonal() {
            return row == column;
        }
    }

    /** What the device found besides a block, being fetched. */
    private record Found(
            MemorySegment lengths, MemorySegment rowLeast, MemorySegment rowNearest, MemorySegment columnLeast,
            MemorySegment columnNearest) {}

    /** A block with all its launches asked for. */
    private record Started(Block block, Found found) {}

    /**
     * Finds products.
     *
     * @param matrix n x n, asked for when the first block is there
     */
    void products(Supplier<double[]> matrix) {
        run(false, matrix);
    }

    /** Finds squared distances, and lengths and nearest besides. */
    void distances(Supplier<double[]> matrix) {
        run(true, matrix);
    }

    private void run(boolean distances, Supplier<double[]> matrix) {
        try {
            all(distances, matrix);
        } finally {
            slots.release();
            for (long mark : reading) {
                if (mark != 0) {
                    ClStream.release(mark);
                }
            }
            if (asked != 0) {
                ClStream.release(asked);
            }
        }
    }

    private void all(boolean distances, Supplier<double[]> matrix) {
        List<int[]> corners = new ArrayList<>();
        for (int i = 0; i < n; i += tile) {
            corners.add(new int[] {i, i});
        }
        for (int row = 0; row < n; row += tile) {
            for (int column = row + tile; column < n; column += tile) {
                corners.add(new int[] {row, column});
            }
        }
        Started before = null;
        for (int i = 0; i < corners.size(); i++) {
            Block block = multiply(corners.get(i)[0], corners.get(i)[1], "products " + i % 2);
            // Only now, as the device has something to do; and before its distances, which may need the lengths.
            take(before, matrix);
            Found found = distances ? measure(block) : null;
            before = new Started(block, found);
            asked = work.mark();
        }
        take(before, matrix);
    }

    private Block multiply(int row, int column, String name) {
        int rows = Math.min(tile, n - row);
        int columns = Math.min(tile, n - column);
        Block block = new Block(
                row, rows, column, columns, work.buffer(name, (long) rows * columns * Double.BYTES));
        boolean begin = true;
        for (Vectors part : parts) {
            for (int from = 0; from < part.length(); from += STRETCH) {
                add(block, part, from, Math.min(STRETCH, part.length() - from), begin);
                begin = false;
            }
        }
        if (begin) {
            // Without any coordinate a stretch of none sets the sums to 0.
            add(block, null, 0, 0, true);
        }
        return block;
    }

    private void add(Block block, Vectors part, int from, int count, boolean begin) {
        check.run();
        if (reading[turn] != 0) {
            long last = reading[turn];
            reading[turn] = 0;
            ClStream.await(last);
        }
        long left = send("left " + turn, part, block.row(), block.rows(), from, count);
        long right = block.diagonal()
                ? left
                : send("right " + turn, part, block.column(), block.columns(), from, count);
        long sent = transfers.mark();
        work.after(sent);
        ClStream.release(sent);
        Tile form = Tile.of(block, units);
        work.call(SOURCE, options + form.options, "add_products")
                .buffer(left)
                .buffer(right)
                .buffer(block.products())
                .number(block.rows())
                .number(block.columns())
                .number(Math.ceilDiv(count, STEP) * STEP)
                .number(begin ? 1 : 0)
                .number(block.diagonal() ? 1 : 0)
                .run(form.groups(block), 1, ClStream.GROUP, 1);
        reading[turn] = work.mark();
        turn ^= 1;
    }

    /** Sends coordinates, a row for each vector, filled up with zeros to a whole step; returns at once. */
    private long send(String name, Vectors part, int first, int rows, int from, int count) {
        int width = Math.ceilDiv(count, STEP) * STEP;
        long bytesOfRow = (long) width * Double.BYTES;
        long buffer = transfers.buffer(name, rows * bytesOfRow);
        if (count == 0) {
            return buffer;
        }
        int some = ClSlots.rows(bytesOfRow, rows);
        for (int begin = 0; begin < rows; begin += some) {
            check.run();
            int end = Math.min(rows, begin + some);
            int vector = first + begin;
            ClSlots.Slot slot = slots.next((end - begin) * bytesOfRow);
            MemorySegment memory = slot.memory();
            int there = end - begin;
            fill(there, width, (i, values) -> {
                part.copy(vector + i, from, count, values, 0);
                MemorySegment.copy(values, 0, memory, ValueLayout.JAVA_DOUBLE, i * bytesOfRow, width);
            });
            transfers.write(buffer, begin * bytesOfRow, memory, there * bytesOfRow);
            slot.leave();
        }
        return buffer;
    }

    private interface Row {
        void send(int row, double[] values);
    }

    /** Fills rows by several threads, each with values of its own. */
    private void fill(int rows, int width, Row row) {
        host.each(Math.ceilDiv(rows, PIECE), () -> {
            double[] values = new double[width];
            return piece -> {
                for (int i = piece * PIECE; i < Math.min(rows, (piece + 1) * PIECE); i++) {
                    row.send(i, values);
                }
            };
        });
    }

    /** Turns products into distances on the device and finds the nearest of its rows and columns. */
    private Found measure(Block block) {
        long bytesOfRows = (long) block.rows() * Double.BYTES;
        long bytesOfColumns = (long) block.columns() * Double.BYTES;
        long rowLengths;
        long columnLengths;
        MemorySegment ofRows = null;
        if (block.diagonal()) {
            rowLengths = work.buffer("row lengths", bytesOfRows);
            columnLengths = rowLengths;
            work.call(SOURCE, options, "take_lengths")
                    .buffer(block.products())
                    .buffer(rowLengths)
                    .number(block.rows())
                    .run(block.rows());
            ofRows = work.fetch("row lengths", rowLengths, bytesOfRows);
        } else {
            MemorySegment all = MemorySegment.ofArray(lengths);
            rowLengths = work.send(
                    "row lengths", all.asSlice((long) block.row() * Double.BYTES, bytesOfRows), bytesOfRows);
            columnLengths = work.send(
                    "column lengths", all.asSlice((long) block.column() * Double.BYTES, bytesOfColumns),
                    bytesOfColumns);
        }
        long rowLeast = work.buffer("row least", bytesOfRows);
        long rowNearest = work.buffer("row nearest", bytesOfRows / 2);
        work.call(SOURCE, options, "distances")
                .buffer(block.products())
                .buffer(rowLengths)
                .buffer(columnLengths)
                .buffer(rowLeast)
                .buffer(rowNearest)
                .number(block.columns())
                .number(block.diagonal() ? 1 : 0)
                .run(block.rows(), 1, ClStream.GROUP, 1);
        long columnLeast = work.buffer("column least", bytesOfColumns);
        long columnNearest = work.buffer("column nearest", bytesOfColumns / 2);
        work.call(SOURCE, options, "nearest_of_columns")
                .buffer(block.products())
                .buffer(columnLeast)
                .buffer(columnNearest)
                .number(block.rows())
                .number(block.columns())
                .number(block.diagonal() ? 1 : 0)
                .run(Math.ceilDiv(block.columns(), COLUMNS_OF_GROUP), 1, ClStream.GROUP, 1);
        return new Found(
                ofRows, work.fetch("row least", rowLeast, bytesOfRows),
                work.fetch("row nearest", rowNearest, bytesOfRows / 2),
                work.fetch("column least", columnLeast, bytesOfColumns),
                work.fetch("column nearest", columnNearest, bytesOfColumns / 2));
    }

    private void take(Started started, Supplier<double[]> matrix) {
        if (started == null) {
            return;
        }
        long end = asked;
        asked = 0;
        ClStream.await(end);
        Block block = started.block();
        Found found = started.found();
        if (found != null) {
            if (block.diagonal()) {
                MemorySegment.copy(found.lengths(), ValueLayout.JAVA_DOUBLE, 0, lengths, block.row(), block.rows());
            }
            minima(block.rows(), block.row(), block.column(), found.rowLeast(), found.rowNearest());
            minima(block.columns(), block.column(), block.row(), found.columnLeast(), found.columnNearest());
        }
        fetch(block, matrix);
    }

    /** Takes what is nearer, and of equals the lower number. */
    private void minima(int count, int first, int others, MemorySegment distances, MemorySegment places) {
        for (int i = 0; i < count; i++) {
            int place = places.getAtIndex(ValueLayout.JAVA_INT, i);
            if (place == Integer.MAX_VALUE) {
                continue;
            }
            double d = distances.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
            int other = others + place;
            int at = first + i;
            if (d < least[at] || d == least[at] && other < nearest[at]) {
                least[at] = d;
                nearest[at] = other;
            }
        }
    }

    /** Rows of a block in a slot, those of a diagonal block from the first row's diagonal on. */
    private record Band(Block block, int begin, int end, int column, int pitch, ClSlots.Slot slot) {}

    /** Fetches a block, of one on the diagonal what lies on and above it, and puts it and its mirror image in place. */
    private void fetch(Block block, Supplier<double[]> matrix) {
        // Rows of a power of two would meet in the same few lines of the host's cache.
        int most = block.columns() + LINE;
        int some = ClSlots.rows((long) most * Double.BYTES, block.rows());
        List<Band> waiting = new ArrayList<>();
        for (int begin = 0; begin < block.rows(); begin += some) {
            check.run();
            int end = Math.min(block.rows(), begin + some);
            int column = block.diagonal() ? begin : 0;
            int pitch = most - column;
            ClSlots.Slot slot = slots.next((long) (end - begin) * pitch * Double.BYTES);
            transfers.read(
                    block.products(), ((long) begin * block.columns() + column) * Double.BYTES,
                    (long) (block.columns() - column) * Double.BYTES, end - begin,
                    (long) block.columns() * Double.BYTES, slot.memory(), (long) pitch * Double.BYTES);
            slot.leave();
            waiting.add(new Band(block, begin, end, column, pitch, slot));
            if (waiting.size() > ClSlots.AHEAD) {
                place(waiting.removeFirst(), matrix.get());
            }
        }
        for (Band band : waiting) {
            check.run();
            place(band, matrix.get());
        }
    }

    private void place(Band band, double[] matrix) {
        band.slot().await();
        int columns = band.block().columns() - band.column();
        host.each(Math.ceilDiv(columns, PIECE), () -> piece -> {
            int from = band.column() + piece * PIECE;
            int to = Math.min(band.block().columns(), from + PIECE);
            copy(band, from, to, matrix);
            for (int row = band.begin(); row < band.end(); row += LINE) {
                for (int column = from; column < to; column += LINE) {
                    mirror(band, row, column, Math.min(to, column + LINE), matrix);
                }
            }
        });
    }

    private void copy(Band band, int from, int to, double[] matrix) {
        Block block = band.block();
        for (int r = band.begin(); r < band.end(); r++) {
            int first = block.diagonal() ? Math.max(from, r) : from;
            if (first < to) {
                long at = (long) (r - band.begin()) * band.pitch() + first - band.column();
                MemorySegment.copy(
                        band.slot().memory(), ValueLayout.JAVA_DOUBLE, at * Double.BYTES, matrix,
                        (block.row() + r) * n + block.column() + first, to - first);
            }
        }
    }

    /** Columns of a few rows become rows. */
    private void mirror(Band band, int row, int from, int to, double[] matrix) {
        Block block = band.block();
        MemorySegment memory = band.slot().memory();
        for (int c = from; c < to; c++) {
            int end = Math.min(Math.min(band.end(), row + LINE), block.diagonal() ? c : Integer.MAX_VALUE);
            int at = (block.column() + c) * n + block.row();
            for (int r = row; r < end; r++) {
                matrix[at + r] = memory.getAtIndex(
                        ValueLayout.JAVA_DOUBLE,
                        (long) (r - band.begin()) * band.pitch() + c - band.column());
            }
        }
    }
}

package dev.assay.compute.opencl;

import dev.assay.compute.PairDistances;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Products block of vectors by block, on and above the diagonal, summed over stretches of coordinates that are sent while
 * the ones before are multiplied. Distances and the nearest of each row are made where the products lie.
 */
final class ClPairDistances implements PairDistances {

    /** Coordinates sent at once: a launch takes a few milliseconds, so that a cancel is heard. */
    private static final int STRETCH = 512;

    private static final int TILE = 64;
    private static final int FEW_UNITS = 16;

    private final FailOver failOver;

    ClPairDistances(FailOver failOver) {
        this.failOver = failOver;
    }

    @Override
    public void addProducts(List<? extends Vectors> parts, int n, double[] gram, Runnable check) {
        double[] sums = run(
                parts, n, (streams, tile) -> {
                    double[] found = new double[Math.multiplyExact(n, n)];
                    new Blocks(streams, parts, n, tile, check).run(false, found, null);
                    return found;
                }, cpu -> {
                    double[] found = new double[Math.multiplyExact(n, n)];
                    cpu.addProducts(parts, n, found, check);
                    return found;
                });
        for (int i = 0; i < sums.length; i++) {
            gram[i] += sums[i];
        }
    }

    @Override
    public Distances distances(List<? extends Vectors> parts, int n, Runnable check) {
        return run(parts, n, (streams, tile) -> {
            Distances found = new Distances(new double[Math.multiplyExact(n, n)], new double[n], new int[n]);
            Arrays.fill(found.nearest(), -1);
            new Blocks(streams, parts, n, tile, check).run(true, found.squared(), found);
            return found;
        }, cpu -> cpu.distances(parts, n, check));
    }

    private interface OnProcessor<T> {
        T with(PairDistances kernel);
    }

    private <T> T run(
            List<? extends Vectors> parts, int n, FailOver.Attempt<T> attempt, OnProcessor<T> otherwise) {
        FailOver.OnProcessor<T> onProcessor = cpu -> otherwise.with(cpu.get(PairDistances.class));
        if (!failOver.context().device().doubles()) {
            failOver.missing(PairDistances.class, "it does not compute in float64");
            return failOver.onProcessor(onProcessor);
        }
        long length = parts.stream().mapToLong(Vectors::length).sum();
        long in = n * length * Double.BYTES;
        // Three squares' worth: the block, and the stretches of both sides.
        long most = (long) Math.sqrt(failOver.context().budget() / 3.0 / Double.BYTES);
        int wanted = failOver.context().device().device().facts().units() < FEW_UNITS ? 1024 : 2048;
        int tile = (int) Math.clamp(Math.min(most, wanted), 1, Math.max(1, n));
        return failOver.run(
                new FailOver.Size(PairDistances.class, in, (long) n * n * Double.BYTES, (double) n * n * length / 2),
                tile, attempt, onProcessor);
    }

    /** One try. */
    private static final class Blocks {

        private final ClContext.Pair streams;
        private final List<? extends Vectors> parts;
        private final int n;
        private final int tile;
        private final Runnable check;
        private double[] least;

        private record Block(
                ClStream stream, int row, int rows, int column, int columns, MemorySegment products,
                MemorySegment lengths, MemorySegment rowLeast, MemorySegment rowNearest, MemorySegment columnLeast,
                MemorySegment columnNearest) {

            boolean diagonal() {
                return row == column;
            }
        }

        Blocks(ClContext.Pair streams, List<? extends Vectors> parts, int n, int tile, Runnable check) {
            this.streams = streams;
            this.parts = parts;
            this.n = n;
            this.tile = tile;
            this.check = check;
        }

        /** Fills a matrix with products or, with {@code found}, with distances. */
        void run(boolean distances, double[] matrix, Distances found) {
            least = new double[n];
            Arrays.fill(least, Double.POSITIVE_INFINITY);
            Block before = null;
            long step = 0;
            for (int row = 0; row < n; row += tile) {
                for (int column = row; column < n; column += tile, step++) {
                    Block now = start(
                            streams.of(step), row, Math.min(tile, n - row), column, Math.min(tile, n - column),
                            distances);
                    take(before, matrix, found);
                    before = now;
                }
            }
            take(before, matrix, found);
        }

        private Block start(ClStream stream, int row, int rows, int column, int columns, boolean distances) {
            boolean diagonal = row == column;
            long products = stream.buffer("products", (long) rows * columns * Double.BYTES);
            long rowLengths = stream.buffer("row lengths", (long) rows * Double.BYTES);
            long columnLengths = diagonal ? rowLengths : stream.buffer("column lengths", (long) columns * Double.BYTES);
            multiply(stream, row, rows, column, columns, products, rowLengths, columnLengths, distances);
            MemorySegment lengths = null;
            MemorySegment[] found = new MemorySegment[4];
            if (distances) {
                long leastBuffer = stream.buffer("row least", (long) rows * Double.BYTES);
                long nearest = stream.buffer("row nearest", (long) rows * Integer.BYTES);
                stream.call("gram", "distances")
                        .buffer(products)
                        .buffer(rowLengths)
                        .buffer(columnLengths)
                        .buffer(leastBuffer)
                        .buffer(nearest)
                        .number(rows)
                        .number(columns)
                        .number(diagonal ? 1 : 0)
                        .run(rows, 1, ClStream.GROUP, 1);
                found[0] = stream.fetch("row least", leastBuffer, (long) rows * Double.BYTES);
                found[1] = stream.fetch("row nearest", nearest, (long) rows * Integer.BYTES);
                lengths = stream.fetch("row lengths", rowLengths, (long) rows * Double.BYTES);
                if (!diagonal) {
                    long columnLeast = stream.buffer("column least", (long) columns * Double.BYTES);
                    long columnNearest = stream.buffer("column nearest", (long) columns * Integer.BYTES);
                    stream.call("gram", "nearest_of_columns")
                            .buffer(products)
                            .buffer(columnLeast)
                            .buffer(columnNearest)
                            .number(rows)
                            .number(columns)
                            .run(columns);
                    found[2] = stream.fetch("column least", columnLeast, (long) columns * Double.BYTES);
                    found[3] = stream.fetch("column nearest", columnNearest, (long) columns * Integer.BYTES);
                }
            }
            Block block = new Block(
                    stream, row, rows, column, columns,
                    stream.fetch("products", products, (long) rows * columns * Double.BYTES), lengths, found[0],
                    found[1], found[2], found[3]);
            stream.flush();
            return block;
        }

        private void multiply(
                ClStream stream, int row, int rows, int column, int columns, long products, long rowLengths,
                long columnLengths, boolean distances) {
            boolean diagonal = row == column;
            long[] marks = new long[2];
            int turn = 0;
            boolean begin = true;
            List<? extends Vectors> some = parts.stream().filter(p -> p.length() > 0).toList();
            // Without any coordinate a stretch of none still sets the sums to 0.
            for (Vectors part : some.isEmpty() ? List.of(EMPTY) : some) {
                for (int from = 0; from < Math.max(1, part.length()); from += STRETCH) {
                    check.run();
                    int count = Math.min(STRETCH, part.length() - from);
                    if (marks[turn] != 0) {
                        ClStream.await(marks[turn]);
                    }
                    long left = send(stream, "left " + turn, part, row, rows, from, count);
                    long right = diagonal ? left : send(stream, "right " + turn, part, column, columns, from, count);
                    stream.call("gram", "add_products")
                            .buffer(left)
                            .buffer(right)
                            .buffer(products)
                            .number(rows)
                            .number(columns)
                            .number(count)
                            .number(begin ? 1 : 0)
                            .run((columns + TILE - 1) / TILE, (rows + TILE - 1) / TILE, 16, 16);
                    if (distances) {
                        addLengths(stream, left, rowLengths, rows, count, begin);
                        if (!diagonal) {
                            addLengths(stream, right, columnLengths, columns, count, begin);
                        }
                    }
                    marks[turn] = stream.mark();
                    begin = false;
                    turn ^= 1;
                }
            }
            for (long mark : marks) {
                if (mark != 0) {
                    ClStream.await(mark);
                }
            }
        }

        private static final Vectors EMPTY = new Vectors() {
            @Override
            public int length() {
                return 0;
            }

            @Override
            public void copy(int vector, int from, int count, double[] to, int at) {}
        };

        private static long send(
                ClStream stream, String name, Vectors part, int first, int rows, int from, int count) {
            double[] block = new double[Math.multiplyExact(rows, count)];
            IntStream.range(0, rows).parallel().forEach(i -> part.copy(first + i, from, count, block, i * count));
            return stream.send(name, MemorySegment.ofArray(block), (long) block.length * Double.BYTES);
        }

        private static void addLengths(
                ClStream stream, long vectors, long lengths, int rows, int count, boolean begin) {
            stream.call("gram", "add_lengths")
                    .buffer(vectors)
                    .buffer(lengths)
                    .number(rows)
                    .number(count)
                    .number(begin ? 1 : 0)
                    .run(rows);
        }

        private void take(Block block, double[] matrix, Distances found) {
            if (block == null) {
                return;
            }
            block.stream().finish();
            MemorySegment products = block.products();
            for (int r = 0; r < block.rows(); r++) {
                MemorySegment.copy(
                        products, ValueLayout.JAVA_DOUBLE, (long) r * block.columns() * Double.BYTES, matrix,
                        (block.row() + r) * n + block.column(), block.columns());
            }
            if (!block.diagonal()) {
                for (int r = 0; r < block.rows(); r++) {
                    for (int c = 0; c < block.columns(); c++) {
                        matrix[(block.column() + c) * n + block.row() + r] =
                                matrix[(block.row() + r) * n + block.column() + c];
                    }
                }
            }
            if (found != null) {
                minima(block.rows(), block.row(), block.column(), block.rowLeast(), block.rowNearest(), found);
                if (block.diagonal()) {
                    MemorySegment.copy(
                            block.lengths(), ValueLayout.JAVA_DOUBLE, 0, found.lengths(), block.row(), block.rows());
                } else {
                    minima(
                            block.columns(), block.column(), block.row(), block.columnLeast(),
                            block.columnNearest(), found);
                }
            }
        }

        /** Takes what is nearer, and of equals the lower number. */
        private void minima(
                int count, int first, int others, MemorySegment distance, MemorySegment nearest, Distances found) {
            for (int i = 0; i < count; i++) {
                int place = nearest.getAtIndex(ValueLayout.JAVA_INT, i);
                if (place == Integer.MAX_VALUE) {
                    continue;
                }
                double d = distance.getAtIndex(ValueLayout.JAVA_DOUBLE, i);
                int other = others + place;
                int at = first + i;
                if (d < least[at] || d == least[at] && other < found.nearest()[at]) {
                    least[at] = d;
                    found.nearest()[at] = other;
                }
            }
        }
    }
}

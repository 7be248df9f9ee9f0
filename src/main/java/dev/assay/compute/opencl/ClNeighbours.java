package dev.assay.compute.opencl;

import dev.assay.compute.ExactRanking;
import dev.assay.compute.NeighbourSearch;
import dev.assay.compute.RowTasks;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.stream.LongStream;

/**
 * Candidates from the device, block of queries by part of the database; the host puts them together and ranks them as
 * the processor's kernel does. One block is computed while the candidates of the one before are ranked.
 */
final class ClNeighbours implements NeighbourSearch {

    private static final int TILE = 128;
    /** Rows of the first block, whose distances are all looked at; each later one is so many times larger. */
    private static final int FIRST_ROWS = 2048;

    private static final int GROWTH = 4;
    private static final long BLOCK_BYTES = 256L << 20;
    /** Candidates of a query that a block can list; on average each block has GROWTH - 1 times as many as are kept. */
    private static final int LONGEST_LIST = 512;
    /** Keys that a group of the device can sort; at most half as many are kept. Fewer leave room for more groups at once. */
    private static final int MOST_ROOM = 4096;
    private static final int LEAST_ROOM = 1024;
    /** Bytes of a group's memory that are not keys. */
    private static final long NO_KEYS = 64;
    /** Queries that a thread of the host puts together and ranks at once. */
    private static final int QUERIES_AT_ONCE = 64;
    /** Multiplications of a compute unit between two looks for a cancel; some 15 ms where it has 64 lanes. */
    private static final long WORK_OF_UNIT = 400_000_000L;

    private static final int MOST_QUERIES = 4096;
    /** Items that find the least distances of a query. */
    private static final int SELECTORS = 64;
    /** Values that the device reads at once; rows are filled up to a multiple. */
    private static final int VECTOR = 4;
    /** The device's key of nothing. */
    private static final long NONE = -1;

    private final FailOver failOver;

    ClNeighbours(FailOver failOver) {
        this.failOver = failOver;
    }

    @Override
    public Neighbours find(Rows queries, Rows database, int k, int self, Runnable check) {
        long columns = Math.ceilDiv(queries.columns(), VECTOR) * (long) VECTOR;
        double work = (double) queries.rows() * database.rows() * queries.columns();
        long in = (queries.rows() + (long) database.rows()) * columns * Float.BYTES;
        long out = (long) queries.rows() * 2 * k * Long.BYTES;
        FailOver.OnProcessor<Neighbours> onProcessor =
                cpu -> cpu.get(NeighbourSearch.class).find(queries, database, k, self, check);
        if (k > mostRoom() / 4) {
            return failOver.instead(
                    NeighbourSearch.class, "it finds at most " + mostRoom() / 4 + " neighbours of a row", onProcessor);
        }
        // Half of the budget is the database's, a quarter the queries', the rest that of distances and candidates.
        long fitting = failOver.context().budget() / 2 / (columns * Float.BYTES + 2 * Float.BYTES);
        int tile = (int) Math.clamp(fitting, 1, Math.max(1, database.rows()));
        return failOver.run(
                new FailOver.Size(NeighbourSearch.class, in, out, work), tile,
                (streams, rows) -> new Search(streams, queries, database, k, self, check, rows).run(), onProcessor);
    }

    /** A power of two, as many as a group's memory holds. */
    private int mostRoom() {
        long fitting = (failOver.context().device().localMemory() - NO_KEYS) / Long.BYTES;
        return Integer.highestOneBit((int) Math.clamp(fitting, 1, MOST_ROOM));
    }

    /** One try. */
    private final class Search {

        private final ClContext.Pair streams;
        private final Rows queries;
        private final Rows database;
        private final int self;
        private final Runnable check;
        private final int rowsAtOnce;
        private final int queriesAtOnce;
        private final int keep;
        private final int parts;
        private final int vectors;
        private final int longest;
        private final float[] queryNorms;
        private final float[] norms;
        private final long work;
        private final Map<ClStream, ClSlots> slots;
        /** Of each query, ascending: the least keys of the parts before the last. */
        private final long[][] least;
        private final Neighbours found;

        /** Queries and the least keys of each in a part of the database, being fetched. */
        private record Block(ClStream stream, int query, int count, boolean last, MemorySegment keys) {}

        Search(
                ClContext.Pair streams, Rows queries, Rows database, int k, int self, Runnable check,
                int rowsAtOnce) {
            this.streams = streams;
            this.queries = queries;
            this.database = database;
            this.self = self;
            this.check = check;
            this.rowsAtOnce = rowsAtOnce;
            this.keep = Math.min(2 * k, Math.max(1, database.rows()));
            this.parts = Math.clamp(4L * Integer.highestOneBit(keep), SELECTORS, room());
            this.vectors = Math.ceilDiv(queries.columns(), VECTOR);
            this.longest = Math.min(LONGEST_LIST, rowsAtOnce);
            RowTasks host = failOver.context().host();
            this.queryNorms = ExactRanking.squaredLengths(queries, host, check);
            this.norms = queries == database ? queryNorms : ExactRanking.squaredLengths(database, host, check);
            this.work = WORK_OF_UNIT * failOver.context().device().units();
            this.slots = Map.of(
                    streams.first(), new ClSlots(streams.first()), streams.second(), new ClSlots(streams.second()));
            this.least = new long[queries.rows()][];
            this.found = new Neighbours(
                    k, new int[Math.multiplyExact(queries.rows(), k)],
                    new double[Math.multiplyExact(queries.rows(), k)]);
            Arrays.fill(found.index(), -1);
            Arrays.fill(found.distance(), Double.NaN);
            this.queriesAtOnce = queriesAtOnce();
        }

        private int room() {
            return keep <= LEAST_ROOM / 2 ? LEAST_ROOM : mostRoom();
        }

        private int queriesAtOnce() {
            // Fewer queries too where the database had to be cut for want of memory.
            long bytes = Math.min(failOver.context().budget() / 4, 4L * rowsAtOnce * vectors * VECTOR * Float.BYTES);
            long fitting = bytes / ((long) vectors * VECTOR * Float.BYTES + 8L * (keep + longest));
            long byWork = work / Math.max(1, (long) Math.min(rowsAtOnce, database.rows()) * queries.columns());
            long most = Math.min(Math.min(MOST_QUERIES, byWork), fitting);
            int fewest = rowsAtOnce < database.rows() ? (int) Math.clamp(fitting, 1, TILE) : TILE;
            return (int) Math.max(fewest, most / TILE * TILE);
        }

        Neighbours run() {
            try {
                all();
                return found;
            } finally {
                slots.values().forEach(ClSlots::release);
            }
        }

        private void all() {
            Block before = null;
            long step = 0;
            int rows;
            for (int row = 0; row < database.rows(); row += rows) {
                rows = Math.min(rowsAtOnce, database.rows() - row);
                boolean[] sent = new boolean[2];
                for (int query = 0; query < queries.rows(); query += queriesAtOnce, step++) {
                    check.run();
                    ClStream stream = streams.of(step);
                    if (!sent[(int) (step & 1)]) {
                        sendDatabase(stream, row, rows);
                        sent[(int) (step & 1)] = true;
                    }
                    Block now = start(stream, query, Math.min(queriesAtOnce, queries.rows() - query), row, rows);
                    take(before);
                    before = now;
                }
            }
            take(before);
        }

        /** Does something for each query, by several threads. */
        private void byQueries(int count, IntConsumer work) {
            int pieces = Math.ceilDiv(count, QUERIES_AT_ONCE);
            failOver.context().host().each(pieces, () -> piece -> {
                int from = piece * QUERIES_AT_ONCE;
                for (int q = from; q < Math.min(count, from + QUERIES_AT_ONCE); q++) {
                    check.run();
                    work.accept(q);
                }
            });
        }

        private void sendDatabase(ClStream stream, int row, int rows) {
            stream.finish();
            sendRows(stream, "rows", database, row, rows);
            send(stream, "norms", norms, row, rows);
            MemorySegment scales = stream.pinned("scales", (long) rows * Float.BYTES);
            for (int r = 0; r < rows; r++) {
                float scale = database.scale() == null ? 1 : (float) database.scale()[row + r];
                scales.setAtIndex(ValueLayout.JAVA_FLOAT, r, scale);
            }
            stream.write(
                    stream.buffer("scales", (long) rows * Float.BYTES), 0, scales, (long) rows * Float.BYTES);
        }

        /** Sends rows, filled up with zeros to whole vectors; returns when the last are on their way. */
        private void sendRows(ClStream stream, String name, Rows from, int first, int count) {
            int columns = from.columns();
            long rowBytes = (long) vectors * VECTOR * Float.BYTES;
            long buffer = stream.buffer(name, count * rowBytes);
            int some = ClSlots.rows(rowBytes, count);
            for (int at = 0; at < count; at += some) {
                check.run();
                int rows = Math.min(some, count - at);
                int row = first + at;
                ClSlots.Slot slot = slots.get(stream).next(rows * rowBytes);
                MemorySegment values = MemorySegment.ofArray(from.values())
                        .asSlice((long) row * columns * Float.BYTES, (long) rows * columns * Float.BYTES);
                if (values.byteSize() < rows * rowBytes) {
                    slot.memory().asSlice(0, rows * rowBytes).fill((byte) 0);
                }
                failOver.context().transfers().copyRows(values, rows, (long) columns * Float.BYTES, slot.memory(), 0,
                        rowBytes);
                stream.write(buffer, at * rowBytes, slot.memory(), rows * rowBytes);
                slot.leave();
            }
        }

        private void send(ClStream stream, String name, float[] values, long from, long count) {
            MemorySegment part = MemorySegment.ofArray(values).asSlice(from * Float.BYTES, count * Float.BYTES);
            stream.send(name, part, part.byteSize());
        }

        private Block start(ClStream stream, int query, int count, int row, int rows) {
            // Before this stream's pinned memory is written again, what it held has been taken.
            sendRows(stream, "queries", queries, query, count);
            send(stream, "query norms", queryNorms, query, count);
            long best = stream.buffer("best", (long) count * keep * Long.BYTES);
            long list = stream.buffer("list", (long) count * longest * Long.BYTES);
            long listed = stream.buffer("listed", (long) count * Integer.BYTES);
            long fitting = Math.min(BLOCK_BYTES, failOver.context().budget() / 8) / ((long) count * Float.BYTES);
            long workOfRow = (long) count * queries.columns();
            int most = (int) Math.clamp(
                    Math.min(fitting, work / workOfRow) / TILE * TILE, TILE, Math.max(TILE, rows));
            int blockRows = Math.min(most, Math.max(FIRST_ROWS, GROWTH * keep));
            String options = "-DROOM=" + room();
            // Of the queries' own rows in the database, the first; a part far behind must not turn none into one.
            int ownRow = (int) Math.max(OTHER_ROWS, (long) self + query - row);
            long workLeft = work;
            int to;
            for (int from = 0; from < rows; from = to) {
                to = Math.min(rows, from + blockRows);
                blockRows = (int) Math.min(most, (long) GROWTH * blockRows);
                int begin = from == 0 ? 1 : 0;
                if (workLeft < workOfRow * (to - from)) {
                    stream.finish();
                    check.run();
                    workLeft = work;
                }
                workLeft -= workOfRow * (to - from);
                long distances = stream.buffer("distances", (long) count * (to - from) * Float.BYTES);
                stream.call("neighbours", options, "distances")
                        .buffer(stream.buffer("queries", 0))
                        .buffer(stream.buffer("query norms", 0))
                        .buffer(stream.buffer("rows", 0))
                        .buffer(stream.buffer("norms", 0))
                        .buffer(stream.buffer("scales", 0))
                        .buffer(distances)
                        .buffer(best)
                        .buffer(list)
                        .buffer(listed)
                        .number(count)
                        .number(vectors)
                        .number(keep)
                        .number(longest)
                        .number(from)
                        .number(to)
                        .number(ownRow)
                        .number(row)
                        .number(begin)
                        .run(Math.ceilDiv(count, TILE), Math.ceilDiv(to - from, TILE), 16, 16);
                stream.call("neighbours", options, "least")
                        .buffer(distances)
                        .buffer(best)
                        .buffer(list)
                        .buffer(listed)
                        .number(to - from)
                        .number(keep)
                        .number(longest)
                        .number(parts)
                        .number(row + from)
                        .number(begin)
                        .run(count, 1, SELECTORS, 1);
            }
            Block block = new Block(
                    stream, query, count, row + rows == database.rows(),
                    stream.fetch("best", best, (long) count * keep * Long.BYTES));
            stream.flush();
            return block;
        }

        private void take(Block block) {
            if (block == null) {
                return;
            }
            block.stream().finish();
            byQueries(block.count(), q -> {
                int query = block.query() + q;
                long[] keys = new long[keep];
                MemorySegment.copy(block.keys(), ValueLayout.JAVA_LONG, (long) q * keep * Long.BYTES, keys, 0, keep);
                least[query] = least[query] == null ? keys : least(least[query], keys);
                if (block.last()) {
                    ExactRanking.rank(queries, query, database, rows(least[query]), found);
                    least[query] = null;
                }
            });
        }

        /** As many of the least of two ascending lists. */
        private static long[] least(long[] a, long[] b) {
            long[] both = new long[a.length];
            int ofA = 0;
            int ofB = 0;
            for (int i = 0; i < both.length; i++) {
                both[i] = Long.compareUnsigned(a[ofA], b[ofB]) <= 0 ? a[ofA++] : b[ofB++];
            }
            return both;
        }

        /** A key has its row in the lower half. */
        private static int[] rows(long[] keys) {
            return LongStream.of(keys).filter(key -> key != NONE).mapToInt(key -> (int) key).sorted().toArray();
        }
    }
}

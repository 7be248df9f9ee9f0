package dev.assay.compute.cpu;

import dev.assay.compute.ExactRanking;
import dev.assay.compute.NearestRows;
import dev.assay.compute.NeighbourSearch;
import dev.assay.compute.RowTasks;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products over tiles of 4 database rows and 4 vectors of queries, all in registers; each tile is turned into distances and
 * compared with the queries' current bounds at once. A thread takes blocks of queries, packed panel by panel, and goes through
 * the database by stretches: a panel is read from the first cache for every four rows, which are used as they lie.
 */
final class TiledNeighbours implements NeighbourSearch {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int TILE_ROWS = 4;
    private static final int PANEL = 4 * LANES;
    /** Queries in a block; more than these leave the second cache. */
    private static final int MOST_QUERIES = 512;
    /** Values of a stretch of the database, half of the second cache, so that they are read from there for all panels but one. */
    private static final int STRETCH_VALUES = 64 << 10;
    /** Multiplications after which a cancel is looked for, some milliseconds of work. */
    private static final long CHECK_AFTER = 50_000_000;

    private final RowTasks tasks;

    TiledNeighbours(RowTasks tasks) {
        this.tasks = tasks;
    }

    @Override
    public Neighbours find(Rows queries, Rows database, int k, int self, Runnable check) {
        Neighbours found = new Neighbours(
                k,
                new int[Math.multiplyExact(queries.rows(), k)],
                new double[Math.multiplyExact(queries.rows(), k)]);
        float[] norms = new float[database.rows()];
        tasks.run(
                database.rows(), (long) database.columns() * Float.BYTES,
                (from, to) -> ExactRanking.squaredLengths(database, from, to, norms));
        int size = blockSize(queries.rows());
        int blocks = (queries.rows() + size - 1) / size;
        tasks.each(blocks, () -> {
            Block block = new Block(queries, database, norms, k, self, check, size);
            return b -> block.search(b * size, Math.min(queries.rows(), (b + 1) * size), found);
        });
        return found;
    }

    /** As many queries as a block may have, but so few that every thread has two blocks. */
    private int blockSize(int rows) {
        int share = Math.ceilDiv(rows, 2 * tasks.threads());
        return Math.clamp(Math.ceilDiv(share, PANEL) * PANEL, PANEL, MOST_QUERIES);
    }

    /** One thread's buffers. */
    private static final class Block {

        private final Rows queries;
        private final Rows database;
        private final float[] databaseNorms;
        /** Row of the first query, or none. */
        private final int self;
        private final Runnable check;
        private final int columns;
        /** {@code [panel][column][query of the panel]}; 0 for queries beyond the last. */
        private final float[] packed;

        private final float[] queryNorms;
        /** Of queries beyond the last below every distance. */
        private final float[] bounds;
        /** {@code [row of the tile][query of the panel]}. */
        private final float[] products = new float[TILE_ROWS * PANEL];
        private final Tile[] tiles = {new Tile(), new Tile()};
        private final NearestRows[] heaps;
        private long done;

        Block(Rows queries, Rows database, float[] norms, int k, int self, Runnable check, int size) {
            this.queries = queries;
            this.database = database;
            this.databaseNorms = norms;
            this.self = self;
            this.check = check;
            this.columns = queries.columns();
            this.packed = new float[size * columns];
            this.queryNorms = new float[size];
            this.bounds = new float[size];
            this.heaps = new NearestRows[size];
            for (int q = 0; q < size; q++) {
                heaps[q] = new NearestRows(Math.min(2 * k, Math.max(1, database.rows())));
            }
        }

        void search(int from, int to, Neighbours found) {
            packQueries(from, to);
            int panels = Math.ceilDiv(to - from, PANEL);
            int stretch = Math.max(1, STRETCH_VALUES / columns / TILE_ROWS) * TILE_ROWS;
            for (int first = 0; first < database.rows(); first += stretch) {
                int last = Math.min(database.rows(), first + stretch);
                for (int panel = 0; panel < panels; panel++) {
                    // Which distances are near is looked at a tile later: a branch that waits for the last products and is
                    // foreseen wrongly would empty the processor's queue.
                    int turn = 0;
                    for (int row = first; row < last; row += TILE_ROWS, turn ^= 1) {
                        multiply(panel, row);
                        measure(panel, row, Math.min(last, row + TILE_ROWS), tiles[turn]);
                        if (row > first) {
                            offer(tiles[turn ^ 1], panel, from);
                        }
                    }
                    offer(tiles[turn ^ 1], panel, from);
                    done += (long) PANEL * (last - first) * columns;
                    if (done > CHECK_AFTER) {
                        done = 0;
                        check.run();
                    }
                }
            }
            for (int q = from; q < to; q++) {
                ExactRanking.rank(queries, q, database, heaps[q - from].sortedIndices(), found);
            }
        }

        private void packQueries(int from, int to) {
            Arrays.fill(packed, 0);
            Arrays.fill(bounds, Float.NEGATIVE_INFINITY);
            for (int q = from; q < to; q++) {
                int slot = q - from;
                int at = slot / PANEL * columns * PANEL + slot % PANEL;
                double norm = 0;
                for (int c = 0; c < columns; c++) {
                    float v = queries.values()[q * columns + c];
                    packed[at + c * PANEL] = v;
                    norm += (double) v * v;
                }
                queryNorms[slot] = (float) norm;
                bounds[slot] = Float.POSITIVE_INFINITY;
                heaps[slot].clear();
            }
        }

        /** Products of four rows, the last of the database as often as it takes, and a panel. */
        private void multiply(int panel, int row) {
            FloatVector s00 = FloatVector.zero(SPECIES);
            FloatVector s01 = s00;
            FloatVector s02 = s00;
            FloatVector s03 = s00;
            FloatVector s10 = s00;
            FloatVector s11 = s00;
            FloatVector s12 = s00;
            FloatVector s13 = s00;
            FloatVector s20 = s00;
            FloatVector s21 = s00;
            FloatVector s22 = s00;
            FloatVector s23 = s00;
            FloatVector s30 = s00;
            FloatVector s31 = s00;
            FloatVector s32 = s00;
            FloatVector s33 = s00;
            float[] values = database.values();
            int last = database.rows() - 1;
            int r0 = row * columns;
            int r1 = Math.min(row + 1, last) * columns;
            int r2 = Math.min(row + 2, last) * columns;
            int r3 = Math.min(row + 3, last) * columns;
            int at = panel * columns * PANEL;
            for (int c = 0; c < columns; c++) {
                FloatVector b0 = FloatVector.fromArray(SPECIES, packed, at);
                FloatVector b1 = FloatVector.fromArray(SPECIES, packed, at + LANES);
                FloatVector b2 = FloatVector.fromArray(SPECIES, packed, at + 2 * LANES);
                FloatVector b3 = FloatVector.fromArray(SPECIES, packed, at + 3 * LANES);
                FloatVector r = FloatVector.broadcast(SPECIES, values[r0 + c]);
                s00 = r.fma(b0, s00);
                s01 = r.fma(b1, s01);
                s02 = r.fma(b2, s02);
                s03 = r.fma(b3, s03);
                r = FloatVector.broadcast(SPECIES, values[r1 + c]);
                s10 = r.fma(b0, s10);
                s11 = r.fma(b1, s11);
                s12 = r.fma(b2, s12);
                s13 = r.fma(b3, s13);
                r = FloatVector.broadcast(SPECIES, values[r2 + c]);
                s20 = r.fma(b0, s20);
                s21 = r.fma(b1, s21);
                s22 = r.fma(b2, s22);
                s23 = r.fma(b3, s23);
                r = FloatVector.broadcast(SPECIES, values[r3 + c]);
                s30 = r.fma(b0, s30);
                s31 = r.fma(b1, s31);
                s32 = r.fma(b2, s32);
                s33 = r.fma(b3, s33);
                at += PANEL;
            }
            s00.intoArray(products, 0);
            s01.intoArray(products, LANES);
            s02.intoArray(products, 2 * LANES);
            s03.intoArray(products, 3 * LANES);
            s10.intoArray(products, 4 * LANES);
            s11.intoArray(products, 5 * LANES);
            s12.intoArray(products, 6 * LANES);
            s13.intoArray(products, 7 * LANES);
            s20.intoArray(products, 8 * LANES);
            s21.intoArray(products, 9 * LANES);
            s22.intoArray(products, 10 * LANES);
            s23.intoArray(products, 11 * LANES);
            s30.intoArray(products, 12 * LANES);
            s31.intoArray(products, 13 * LANES);
            s32.intoArray(products, 14 * LANES);
            s33.intoArray(products, 15 * LANES);
        }

        /** Turns products into distances; a query's own scale changes no order and is left to the ranking. */
        private void measure(int panel, int row, int end, Tile tile) {
            tile.row = row;
            tile.rows = end - row;
            for (int i = 0; i < tile.rows; i++) {
                float norm = databaseNorms[row + i];
                float scale = database.scale() == null ? 1 : (float) database.scale()[row + i];
                long near = 0;
                for (int at = 0; at < PANEL; at += LANES) {
                    int slot = panel * PANEL + at;
                    FloatVector scaled = FloatVector.fromArray(SPECIES, products, i * PANEL + at)
                            .mul(-2f)
                            .add(FloatVector.fromArray(SPECIES, queryNorms, slot).add(norm))
                            .mul(scale);
                    scaled.intoArray(tile.distances, i * PANEL + at);
                    near |= scaled.compare(VectorOperators.LE, FloatVector.fromArray(SPECIES, bounds, slot))
                            .toLong() << at;
                }
                tile.near[i] = near;
            }
        }

        /** Offers the distances of a tile that were within the bounds; {@code from} is the block's first query. */
        private void offer(Tile tile, int panel, int from) {
            for (int i = 0; i < tile.rows; i++) {
                int row = tile.row + i;
                for (long left = tile.near[i]; left != 0; left &= left - 1) {
                    int query = Long.numberOfTrailingZeros(left);
                    int slot = panel * PANEL + query;
                    if (row != self + from + slot) {
                        heaps[slot].offer(tile.distances[i * PANEL + query], row);
                        bounds[slot] = heaps[slot].bound();
                    }
                }
            }
        }
    }

    /** Distances of four rows and a panel. */
    private static final class Tile {

        /** {@code [row of the tile][query of the panel]}. */
        private final float[] distances = new float[TILE_ROWS * PANEL];
        /** Bits of the queries, at most 64 of a panel, that a row may be near to. */
        private final long[] near = new long[TILE_ROWS];

        private int row;
        private int rows;
    }
}

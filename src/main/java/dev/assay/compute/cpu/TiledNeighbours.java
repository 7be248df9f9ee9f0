package dev.assay.compute.cpu;

import dev.assay.compute.ExactRanking;
import dev.assay.compute.NeighbourSearch;
import dev.assay.compute.RowTasks;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products over tiles of 4 queries and 4 vectors of database rows, all in registers; each tile is turned into halves of
 * distances, one subtraction each, and compared with the queries' current bounds at once. A thread takes blocks of queries and packs the database panel
 * by panel, so that a panel is read from the first cache for every four queries of its block.
 */
final class TiledNeighbours implements NeighbourSearch {

    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();
    private static final int TILE_QUERIES = 4;
    private static final int PANEL = 4 * LANES;
    /** The more queries in a block, the less often the database is packed; more than these leave the second cache. */
    private static final int MOST_QUERIES = 1024;
    /** Multiplications after which a cancel is looked for, some milliseconds of work. */
    private static final long CHECK_AFTER = 50_000_000;
    /** What a value costs that is packed, or ranked in float64, in multiplications of tiles; both go one by one. */
    private static final int ONE_BY_ONE = 8;

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
        float[] norms = ExactRanking.squaredLengths(database, tasks, check);
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
        return Math.clamp((share + TILE_QUERIES - 1) / TILE_QUERIES * TILE_QUERIES, TILE_QUERIES, MOST_QUERIES);
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
        /** {@code [group of 4 queries][column][query]}. */
        private final float[] packedQueries;
        /** {@code [column][row of the panel]}. */
        private final float[] panel;

        /** Halves of squared lengths. */
        private final float[] panelNorms = new float[PANEL];

        private final float[] panelScales = new float[PANEL];
        private final boolean scaled;
        /** Halves of squared lengths. */
        private final float[] queryNorms;
        private final float[] bounds;
        /** {@code [query of the group][row of the panel]}. */
        private final float[] products = new float[TILE_QUERIES * PANEL];
        private final Tile[] tiles = {new Tile(), new Tile()};
        private final NearestRows[] nearest;
        /** Groups between two looks; where rows are so long that all of a panel's would take too long. */
        private final int groupsAtOnce;

        private long done;

        Block(Rows queries, Rows database, float[] norms, int k, int self, Runnable check, int size) {
            this.queries = queries;
            this.database = database;
            this.databaseNorms = norms;
            this.self = self;
            this.check = check;
            this.columns = queries.columns();
            this.scaled = database.scale() != null;
            this.groupsAtOnce =
                    (int) Math.clamp(CHECK_AFTER / ((long) PANEL * TILE_QUERIES * columns), 1, MOST_QUERIES);
            this.packedQueries = new float[size * columns];
            this.queryNorms = new float[size];
            this.bounds = new float[size];
            this.nearest = new NearestRows[size];
            this.panel = new float[PANEL * columns];
            for (int q = 0; q < size; q++) {
                nearest[q] = new NearestRows(Math.min(2 * k, Math.max(1, database.rows())));
            }
        }

        void search(int from, int to, Neighbours found) {
            packQueries(from, to);
            int groups = (to - from + TILE_QUERIES - 1) / TILE_QUERIES;
            for (int first = 0; first < database.rows(); first += PANEL) {
                packPanel(first);
                // Which distances are near is looked at a tile later: a branch that waits for the last products and is foreseen
                // wrongly would empty the processor's queue.
                for (int some = 0; some < groups; some += groupsAtOnce) {
                    int end = Math.min(groups, some + groupsAtOnce);
                    for (int g = some; g < end; g++) {
                        multiply(g);
                        measure(g, Math.min(TILE_QUERIES, to - from - g * TILE_QUERIES), tiles[g & 1]);
                        if (g > 0) {
                            offer(tiles[~g & 1], g - 1, first, from);
                        }
                    }
                    worked((long) PANEL * (end - some) * TILE_QUERIES * columns);
                }
                offer(tiles[~groups & 1], groups - 1, first, from);
            }
            for (int q = from; q < to; q++) {
                int[] candidates = nearest[q - from].sortedIndices();
                ExactRanking.rank(queries, q, database, candidates, found);
                worked((long) ONE_BY_ONE * candidates.length * columns);
            }
        }

        /** Looks for a cancel when enough has been multiplied. */
        private void worked(long multiplications) {
            done += multiplications;
            if (done > CHECK_AFTER) {
                done = 0;
                check.run();
            }
        }

        private void packQueries(int from, int to) {
            Arrays.fill(packedQueries, 0);
            for (int q = from; q < to; q++) {
                int at = (q - from) / TILE_QUERIES * columns * TILE_QUERIES + (q - from) % TILE_QUERIES;
                double norm = 0;
                for (int c = 0; c < columns; c++) {
                    float v = queries.values()[q * columns + c];
                    packedQueries[at + c * TILE_QUERIES] = v;
                    norm += (double) v * v;
                }
                queryNorms[q - from] = (float) (norm / 2);
                bounds[q - from] = Float.POSITIVE_INFINITY;
                nearest[q - from].clear();
                worked((long) ONE_BY_ONE * columns);
            }
        }

        private void packPanel(int first) {
            int count = Math.min(PANEL, database.rows() - first);
            for (int r = 0; r < PANEL; r++) {
                boolean there = r < count;
                panelNorms[r] = there ? databaseNorms[first + r] / 2 : Float.NaN;
                panelScales[r] = there && scaled ? (float) database.scale()[first + r] : 1;
                for (int c = 0; c < columns; c++) {
                    panel[c * PANEL + r] = there ? database.values()[(first + r) * columns + c] : 0;
                }
            }
        }

        /** Products of four queries and the panel. */
        private void multiply(int group) {
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
            int a = group * columns * TILE_QUERIES;
            int b = 0;
            for (int c = 0; c < columns; c++) {
                FloatVector b0 = FloatVector.fromArray(SPECIES, panel, b);
                FloatVector b1 = FloatVector.fromArray(SPECIES, panel, b + LANES);
                FloatVector b2 = FloatVector.fromArray(SPECIES, panel, b + 2 * LANES);
                FloatVector b3 = FloatVector.fromArray(SPECIES, panel, b + 3 * LANES);
                FloatVector q = FloatVector.broadcast(SPECIES, packedQueries[a]);
                s00 = q.fma(b0, s00);
                s01 = q.fma(b1, s01);
                s02 = q.fma(b2, s02);
                s03 = q.fma(b3, s03);
                q = FloatVector.broadcast(SPECIES, packedQueries[a + 1]);
                s10 = q.fma(b0, s10);
                s11 = q.fma(b1, s11);
                s12 = q.fma(b2, s12);
                s13 = q.fma(b3, s13);
                q = FloatVector.broadcast(SPECIES, packedQueries[a + 2]);
                s20 = q.fma(b0, s20);
                s21 = q.fma(b1, s21);
                s22 = q.fma(b2, s22);
                s23 = q.fma(b3, s23);
                q = FloatVector.broadcast(SPECIES, packedQueries[a + 3]);
                s30 = q.fma(b0, s30);
                s31 = q.fma(b1, s31);
                s32 = q.fma(b2, s32);
                s33 = q.fma(b3, s33);
                a += TILE_QUERIES;
                b += PANEL;
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

        /** Turns products into halves of distances; a query's own scale changes no order and is left to the ranking. */
        private void measure(int group, int count, Tile tile) {
            tile.count = count;
            for (int i = 0; i < count; i++) {
                int slot = group * TILE_QUERIES + i;
                long near = 0;
                for (int at = 0; at < PANEL; at += LANES) {
                    FloatVector half = FloatVector.fromArray(SPECIES, panelNorms, at)
                            .add(queryNorms[slot])
                            .sub(FloatVector.fromArray(SPECIES, products, i * PANEL + at));
                    if (scaled) {
                        half = half.mul(FloatVector.fromArray(SPECIES, panelScales, at));
                    }
                    half.intoArray(tile.distances, i * PANEL + at);
                    near |= half.compare(VectorOperators.LE, bounds[slot]).toLong() << at;
                }
                tile.near[i] = near;
            }
        }

        /** Offers the distances of a tile that were within the bounds; {@code first} is the panel's first row. */
        private void offer(Tile tile, int group, int first, int from) {
            for (int i = 0; i < tile.count; i++) {
                int slot = group * TILE_QUERIES + i;
                if (tile.near[i] != 0) {
                    NearestRows near = nearest[slot];
                    for (long left = tile.near[i]; left != 0; left &= left - 1) {
                        int row = Long.numberOfTrailingZeros(left);
                        if (first + row != self + from + slot) {
                            near.offer(tile.distances[i * PANEL + row], first + row);
                        }
                    }
                    bounds[slot] = near.bound();
                }
            }
        }
    }

    /** Halves of distances of a group of queries and a panel. */
    private static final class Tile {

        /** {@code [query of the group][row of the panel]}. */
        private final float[] distances = new float[TILE_QUERIES * PANEL];
        /** A bit for each row of the panel, at most 64, that a query may be near to. */
        private final long[] near = new long[TILE_QUERIES];
        /** Queries of the group. */
        private int count;
    }
}

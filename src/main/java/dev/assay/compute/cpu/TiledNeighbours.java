package dev.assay.compute.cpu;

import dev.assay.compute.ExactRanking;
import dev.assay.compute.NearestRows;
import dev.assay.compute.NeighbourSearch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Products over tiles of 4 queries and 4 vectors of database rows, all in registers; each tile is turned into distances
 * and compared with the queries' current bounds at once. A thread takes blocks of queries and packs the database panel
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

    private final ForkJoinPool pool;
    private final int threads;

    TiledNeighbours(ForkJoinPool pool, int threads) {
        this.pool = pool;
        this.threads = threads;
    }

    @Override
    public Neighbours find(Rows queries, Rows database, int k, boolean same, Runnable check) {
        Neighbours found = new Neighbours(
                k,
                new int[Math.multiplyExact(queries.rows(), k)],
                new double[Math.multiplyExact(queries.rows(), k)]);
        float[] norms = ExactRanking.squaredLengths(database);
        int size = blockSize(queries.rows());
        int blocks = (queries.rows() + size - 1) / size;
        int parts = Math.min(threads, Math.max(1, blocks));
        List<ForkJoinTask<?>> tasks = new ArrayList<>();
        for (int p = 0; p < parts; p++) {
            int part = p;
            tasks.add(ForkJoinTask.adapt(() -> {
                Block block = new Block(queries, database, norms, k, same, check, size);
                for (int b = part; b < blocks; b += parts) {
                    block.search(b * size, Math.min(queries.rows(), (b + 1) * size), found);
                }
            }));
        }
        tasks.forEach(pool::execute);
        tasks.forEach(ForkJoinTask::join);
        return found;
    }

    /** As many queries as a block may have, but so few that every thread has two blocks. */
    private int blockSize(int rows) {
        int share = (rows + 2 * threads - 1) / (2 * threads);
        return Math.clamp((share + TILE_QUERIES - 1) / TILE_QUERIES * TILE_QUERIES, TILE_QUERIES, MOST_QUERIES);
    }

    /** One thread's buffers. */
    private static final class Block {

        private final Rows queries;
        private final Rows database;
        private final float[] databaseNorms;
        private final boolean same;
        private final Runnable check;
        private final int columns;
        /** {@code [group of 4 queries][column][query]}. */
        private final float[] packedQueries;
        /** {@code [column][row of the panel]}. */
        private final float[] panel;

        private final float[] panelNorms = new float[PANEL];
        private final float[] panelScales = new float[PANEL];
        private final float[] queryNorms;
        private final float[] bounds;
        private final float[] distances = new float[LANES];
        private final NearestRows[] heaps;
        private long done;

        Block(Rows queries, Rows database, float[] norms, int k, boolean same, Runnable check, int size) {
            this.queries = queries;
            this.database = database;
            this.databaseNorms = norms;
            this.same = same;
            this.check = check;
            this.columns = queries.columns();
            this.packedQueries = new float[size * columns];
            this.queryNorms = new float[size];
            this.bounds = new float[size];
            this.heaps = new NearestRows[size];
            this.panel = new float[PANEL * columns];
            for (int q = 0; q < size; q++) {
                heaps[q] = new NearestRows(Math.min(2 * k, Math.max(1, database.rows())));
            }
        }

        void search(int from, int to, Neighbours found) {
            packQueries(from, to);
            int groups = (to - from + TILE_QUERIES - 1) / TILE_QUERIES;
            for (int first = 0; first < database.rows(); first += PANEL) {
                packPanel(first);
                for (int g = 0; g < groups; g++) {
                    tile(g, first, from, to);
                }
                done += (long) PANEL * groups * TILE_QUERIES * columns;
                if (done > CHECK_AFTER) {
                    done = 0;
                    check.run();
                }
            }
            for (int q = from; q < to; q++) {
                ExactRanking.rank(queries, q, database, heaps[q - from].sortedIndices(), found);
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
                queryNorms[q - from] = (float) norm;
                bounds[q - from] = Float.POSITIVE_INFINITY;
                heaps[q - from].clear();
            }
        }

        private void packPanel(int first) {
            int count = Math.min(PANEL, database.rows() - first);
            for (int r = 0; r < PANEL; r++) {
                boolean there = r < count;
                panelNorms[r] = there ? databaseNorms[first + r] : Float.NaN;
                panelScales[r] = there && database.scale() != null ? (float) database.scale()[first + r] : 1;
                for (int c = 0; c < columns; c++) {
                    panel[c * PANEL + r] = there ? database.values()[(first + r) * columns + c] : 0;
                }
            }
        }

        private void tile(int group, int first, int from, int to) {
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
            int q = group * TILE_QUERIES;
            keep(s00, q, 0, first, from, to);
            keep(s01, q, 1, first, from, to);
            keep(s02, q, 2, first, from, to);
            keep(s03, q, 3, first, from, to);
            keep(s10, q + 1, 0, first, from, to);
            keep(s11, q + 1, 1, first, from, to);
            keep(s12, q + 1, 2, first, from, to);
            keep(s13, q + 1, 3, first, from, to);
            keep(s20, q + 2, 0, first, from, to);
            keep(s21, q + 2, 1, first, from, to);
            keep(s22, q + 2, 2, first, from, to);
            keep(s23, q + 2, 3, first, from, to);
            keep(s30, q + 3, 0, first, from, to);
            keep(s31, q + 3, 1, first, from, to);
            keep(s32, q + 3, 2, first, from, to);
            keep(s33, q + 3, 3, first, from, to);
        }

        /** Offers a vector of products; the query's own scale changes no order and is left to the ranking. */
        private void keep(FloatVector products, int slot, int vector, int first, int from, int to) {
            int at = vector * LANES;
            FloatVector norms = FloatVector.fromArray(SPECIES, panelNorms, at).add(queryNorms[slot]);
            FloatVector scaled = products.mul(-2f).add(norms).mul(FloatVector.fromArray(SPECIES, panelScales, at));
            VectorMask<Float> near = scaled.compare(VectorOperators.LE, bounds[slot]);
            if (near.anyTrue() && from + slot < to) {
                offer(scaled, near.toLong(), slot, first + at, from);
            }
        }

        private void offer(FloatVector scaled, long near, int slot, int row, int from) {
            scaled.intoArray(distances, 0);
            NearestRows heap = heaps[slot];
            for (long left = near; left != 0; left &= left - 1) {
                int lane = Long.numberOfTrailingZeros(left);
                if (!same || row + lane != from + slot) {
                    heap.offer(distances[lane], row + lane);
                }
            }
            bounds[slot] = (float) heap.bound();
        }
    }
}

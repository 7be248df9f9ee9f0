package dev.assay.compute;

import java.util.Arrays;
import java.util.List;

/** The search of nearest rows on several devices: every device takes queries of its own. */
record SharedNeighbours(Shares shares, List<NeighbourSearch> members) implements NeighbourSearch {

    /** Multiply-adds that are worth a piece of their own. */
    private static final long LEAST = 50_000_000;

    @Override
    public Neighbours find(Rows queries, Rows database, int k, int self, Runnable check) {
        Neighbours found = new Neighbours(
                k, new int[Math.multiplyExact(queries.rows(), k)], new double[Math.multiplyExact(queries.rows(), k)]);
        long work = Math.max(1, (long) database.rows() * database.columns());
        int least = (int) Math.clamp(LEAST / work, 1, Integer.MAX_VALUE);
        shares.run(queries.rows(), least, (member, from, to) -> {
            Neighbours part = members.get(member).find(part(queries, from, to), database, k, self + from, check);
            System.arraycopy(part.index(), 0, found.index(), from * k, part.index().length);
            System.arraycopy(part.distance(), 0, found.distance(), from * k, part.distance().length);
        });
        return found;
    }

    private static Rows part(Rows rows, int from, int to) {
        if (to - from == rows.rows()) {
            return rows;
        }
        double[] scale = rows.scale() == null ? null : Arrays.copyOfRange(rows.scale(), from, to);
        float[] values = Arrays.copyOfRange(rows.values(), from * rows.columns(), to * rows.columns());
        return new Rows(values, to - from, rows.columns(), scale);
    }
}

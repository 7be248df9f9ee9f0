package dev.assay.compute.opencl;

import dev.assay.compute.Device;
import dev.assay.compute.PairDistances;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Products and distances of all pairs in blocks ({@link PairBlocks}), as large as the device's memory allows. */
final class ClPairDistances implements PairDistances {

    /** Vectors of a block's side for each compute unit, and for any device: large ones transfer less. */
    private static final int UNIT = 64;
    private static final int FEW_UNITS = 16;
    private static final int LEAST = 2048;
    private static final int MOST = 8192;

    /** The source's options by the compute capability that they need, the best first. */
    private static final NavigableMap<Integer, String> MATRIX =
            new TreeMap<>(Map.of(8, "-DMATRIX=8", 9, "-DMATRIX=16")).descendingMap();

    private final FailOver failOver;
    private volatile String options;

    ClPairDistances(FailOver failOver) {
        this.failOver = failOver;
    }

    @Override
    public void addProducts(List<? extends Vectors> parts, int n, double[] gram, Runnable check) {
        double[] sums = run(
                parts, n, (streams, tile) -> {
                    CompletableFuture<double[]> matrix = square(n);
                    blocks(streams, parts, n, tile, check).products(() -> made(matrix));
                    return made(matrix);
                }, cpu -> {
                    double[] found = new double[Math.multiplyExact(n, n)];
                    cpu.addProducts(parts, n, found, check);
                    return found;
                });
        failOver.context().host().run(n, 3L * n * Double.BYTES, (from, to) -> {
            for (int i = from * n; i < to * n; i++) {
                gram[i] += sums[i];
            }
        });
    }

    @Override
    public Distances distances(List<? extends Vectors> parts, int n, Runnable check) {
        return run(parts, n, (streams, tile) -> {
            CompletableFuture<double[]> matrix = square(n);
            PairBlocks blocks = blocks(streams, parts, n, tile, check);
            blocks.distances(() -> made(matrix));
            return new Distances(made(matrix), blocks.lengths(), blocks.nearest());
        }, cpu -> cpu.distances(parts, n, check));
    }

    /** A large array is cleared by one thread for as long as the device needs to fill it: it is made meanwhile. */
    private static CompletableFuture<double[]> square(int n) {
        int size = Math.multiplyExact(n, n);
        return CompletableFuture.supplyAsync(() -> new double[size]);
    }

    private static double[] made(CompletableFuture<double[]> matrix) {
        try {
            return matrix.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof OutOfMemoryError error) {
                throw error;
            }
            throw e;
        }
    }

    private PairBlocks blocks(
            ClContext.Pair streams, List<? extends Vectors> parts, int n, int tile, Runnable check) {
        return new PairBlocks(streams, failOver.context().host(), options(), units(), parts, n, tile, check);
    }

    private int units() {
        return failOver.context().device().units();
    }

    /** Of the source: NVIDIA's matrix instructions where the device has them and its compiler takes them. */
    private String options() {
        if (options == null) {
            ClDevice device = failOver.context().device();
            options = MATRIX.entrySet().stream()
                    .filter(form -> device.nvidia() >= form.getKey())
                    .map(Map.Entry::getValue)
                    .filter(form -> failOver.context().builds(PairBlocks.SOURCE, form))
                    .findFirst()
                    .orElse(device.device().kind() == Device.Kind.GPU ? "" : "-DROLLED");
        }
        return options;
    }

    private interface OnProcessor<T> {
        T with(PairDistances kernel);
    }

    private <T> T run(
            List<? extends Vectors> parts, int n, FailOver.Attempt<T> attempt, OnProcessor<T> otherwise) {
        FailOver.OnProcessor<T> onProcessor = cpu -> otherwise.with(cpu.get(PairDistances.class));
        if (!failOver.context().device().doubles()) {
            return failOver.instead(PairDistances.class, "it does not compute in float64", onProcessor);
        }
        long length = parts.stream().mapToLong(Vectors::length).sum();
        long in = n * length * Double.BYTES;
        long out = n * (n + 1L) / 2 * Double.BYTES;
        // Three squares' worth: two blocks that take turns; the other stream has the stretches of both sides.
        long most = (long) Math.sqrt(failOver.context().budget() / 3.0 / Double.BYTES);
        int wanted = units() < FEW_UNITS ? LEAST / 2 : Math.clamp((long) UNIT * units(), LEAST, MOST);
        int tile = (int) Math.clamp(Math.min(most, wanted), 1, Math.max(1, n));
        return failOver.run(
                new FailOver.Size(PairDistances.class, in, out, (double) n * n * length / 2), tile, attempt,
                onProcessor);
    }
}

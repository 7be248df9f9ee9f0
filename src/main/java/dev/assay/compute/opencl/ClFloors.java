package dev.assay.compute.opencl;

import dev.assay.compute.Floors;
import java.lang.foreign.MemorySegment;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/** Copying within the device's memory, multiply-adds in registers, transfers from and to pinned memory. */
final class ClFloors implements Floors {

    private static final int ROUNDS = 5;
    private static final long MOST_COPIED = 256L << 20;
    private static final long SENT = 32L << 20;
    private static final int CHAINS = 64;
    /** Groups of a compute unit, so that none is idle. */
    private static final int GROUPS_OF_UNIT = 16;

    private final FailOver failOver;

    ClFloors(FailOver failOver) {
        this.failOver = failOver;
    }

    /** The least seconds of some rounds, from asking to having, as the host sees them. */
    private double fastest(Runnable check, Consumer<ClStream> round) {
        return least(check, stream -> {
            long begun = System.nanoTime();
            round.accept(stream);
            stream.finish();
            return (System.nanoTime() - begun) / 1e9;
        });
    }

    /** The least seconds that kernels compute in a round, as the device takes them. */
    private double fastestAlone(Runnable check, Consumer<ClStream> round) {
        return least(check, stream -> {
            watch();
            round.accept(stream);
            stream.finish();
            return watched();
        });
    }

    /** The least of some rounds, the first of which, with everything made ready, is left out. */
    private double least(Runnable check, ToDoubleFunction<ClStream> round) {
        ClContext.Pair streams = failOver.context().borrow();
        try {
            ClStream stream = streams.first();
            double least = Double.POSITIVE_INFINITY;
            for (int r = 0; r <= ROUNDS; r++) {
                check.run();
                double seconds = round.applyAsDouble(stream);
                least = r == 0 ? least : Math.min(least, seconds);
            }
            return least;
        } finally {
            streams.free();
            failOver.context().giveBack(streams);
        }
    }

    @Override
    public double copy(Runnable check) {
        long bytes = Math.min(MOST_COPIED, failOver.context().budget() / 2) / 16 * 16;
        return 2.0 * bytes / fastestAlone(check, stream -> stream.call("floors", options(), "copy")
                .buffer(stream.buffer("from", bytes))
                .buffer(stream.buffer("to", bytes))
                .number((int) (bytes / 16))
                .run(bytes / 16));
    }

    private String options() {
        return failOver.context().device().doubles() ? "-DDOUBLES" : "";
    }

    @Override
    public double products(Runnable check) {
        return multiplyAdds("multiply_adds", 2048, check);
    }

    @Override
    public double doubleProducts(Runnable check) {
        return failOver.context().device().doubles() ? multiplyAdds("double_multiply_adds", 1024, check) : Double.NaN;
    }

    private double multiplyAdds(String kernel, int rounds, Runnable check) {
        long items = (long) GROUPS_OF_UNIT * ClStream.GROUP * failOver.context().device().units();
        double seconds = fastestAlone(check, stream -> stream.call("floors", options(), kernel)
                .buffer(stream.buffer("sums", items * Double.BYTES))
                .number(rounds)
                .run(items));
        return (double) items * rounds * CHAINS / seconds;
    }

    @Override
    public double up(Runnable check) {
        long bytes = Math.min(SENT, failOver.context().budget() / 2);
        return bytes / fastest(check, stream -> {
            MemorySegment memory = stream.pinned("sent", bytes);
            stream.write(stream.buffer("sent", bytes), 0, memory, bytes);
        });
    }

    @Override
    public double down(Runnable check) {
        long bytes = Math.min(SENT, failOver.context().budget() / 2);
        return bytes / fastest(check, stream -> stream.fetch("sent", stream.buffer("sent", bytes), bytes));
    }

    @Override
    public double latency(Runnable check) {
        return fastest(check, stream -> {
            stream.call("floors", options(), "copy")
                    .buffer(stream.buffer("from", 16))
                    .buffer(stream.buffer("to", 16))
                    .number(1)
                    .run(1);
            stream.fetch("to", stream.buffer("to", 16), 16);
        });
    }

    @Override
    public void watch() {
        failOver.context().watch();
    }

    @Override
    public double watched() {
        return failOver.context().watched();
    }
}

package dev.assay.compute.opencl;

import dev.assay.compute.CostModel;
import dev.assay.compute.Device;
import dev.assay.compute.Kernels;
import dev.assay.compute.Standby;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs calls on a device; with smaller tiles when its memory does not suffice, on the processor when that does not help,
 * and never again on the device when it has failed otherwise.
 */
final class FailOver {

    private static final Logger LOG = LoggerFactory.getLogger(FailOver.class);

    private final ClContext context;
    private final Standby standby;
    private final CostModel costs;
    private final AtomicBoolean lost = new AtomicBoolean();
    private final Set<Device> used = new LinkedHashSet<>();
    private final Set<Class<?>> told = ConcurrentHashMap.newKeySet();

    FailOver(ClContext context, Standby standby, CostModel costs) {
        this.context = context;
        this.standby = standby;
        this.costs = costs;
    }

    ClContext context() {
        return context;
    }

    /**
     * What a call moves and does.
     *
     * @param kernel its interface
     * @param up bytes to the device
     * @param down bytes from it
     * @param work in the unit of the cost model
     */
    record Size(Class<?> kernel, long up, long down, double work) {}

    /** Does a call with tiles of a size; may be tried several times, from the start each time. */
    @FunctionalInterface
    interface Attempt<T> {
        T with(ClContext.Pair streams, int tile);
    }

    /** Does a call on the processor. */
    @FunctionalInterface
    interface OnProcessor<T> {
        T with(Kernels processor);
    }

    /**
     * Does a call.
     *
     * @param size what it is worth
     * @param tile the tile size to begin with
     * @param attempt on the device
     * @param otherwise on the processor
     */
    <T> T run(Size size, int tile, Attempt<T> attempt, OnProcessor<T> otherwise) {
        if (lost.get() || costs != null && !costs.pays(size.kernel(), size.up(), size.down(), size.work())) {
            return onProcessor(otherwise);
        }
        ClContext.Pair streams = context.borrow();
        try {
            T result = smallerAndSmaller(size, tile, attempt, streams);
            if (result != null) {
                return result;
            }
        } finally {
            context.giveBack(streams);
        }
        return onProcessor(otherwise);
    }

    /** The result, or null when the device cannot do it. */
    private <T> T smallerAndSmaller(Size size, int first, Attempt<T> attempt, ClContext.Pair streams) {
        for (int tile = Math.max(1, first);; tile /= 2) {
            try {
                T result = attempt.with(streams, tile);
                note(context.device().device());
                return result;
            } catch (ClFailure e) {
                streams.free();
                if (!e.outOfMemory()) {
                    lose(size, e);
                    return null;
                }
                if (tile <= 1) {
                    LOG.warn("{} on {}", size.kernel().getSimpleName(), context.device().device().name(), e);
                    standby.tell("The memory of " + context.device().device().name() + " does not suffice for "
                            + size.kernel().getSimpleName() + " (" + e.getMessage()
                            + "); this part runs on the processor instead.");
                    return null;
                }
                LOG.info("{}: smaller tiles after {}", size.kernel().getSimpleName(), e.getMessage());
            } catch (RuntimeException | Error e) {
                // A cancel or want of heap, say: what is in flight must end before the buffers are used again.
                streams.free();
                throw e;
            }
        }
    }

    private void lose(Size size, ClFailure e) {
        if (lost.compareAndSet(false, true)) {
            LOG.warn("{} on {}", size.kernel().getSimpleName(), context.device().device().name(), e);
            standby.tell(context.device().device().name() + " failed (" + e.getMessage()
                    + "); the rest of this run uses the processor instead.");
        }
    }

    /** Does a call, or a part that has no kernel here, on the processor. */
    <T> T onProcessor(OnProcessor<T> otherwise) {
        Kernels processor = standby.processor();
        note(processor.device());
        return otherwise.with(processor);
    }

    /** Says once that the device has no kernel of a kind. */
    void missing(Class<?> kernel, String why) {
        if (told.add(kernel)) {
            standby.tell(context.device().device().name() + " cannot run " + kernel.getSimpleName() + " (" + why
                    + "); that part runs on the processor instead.");
        }
    }

    /** Does a call that the device cannot do on the processor, and says once why. */
    <T> T instead(Class<?> kernel, String why, OnProcessor<T> otherwise) {
        missing(kernel, why);
        return onProcessor(otherwise);
    }

    private void note(Device device) {
        synchronized (used) {
            used.add(device);
        }
    }

    /** The devices that have done work. */
    Set<Device> used() {
        synchronized (used) {
            return new LinkedHashSet<>(used);
        }
    }
}

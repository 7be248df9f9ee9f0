package dev.assay.compute.opencl;

import static org.lwjgl.opencl.CL10.*;

import dev.assay.compute.RowTasks;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import org.lwjgl.PointerBuffer;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.system.MemoryUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Owns the context of one device: its programs, compiled when first used, and its streams in pairs. */
final class ClContext implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClContext.class);

    /** Calls that may be at work at once, each with two streams. */
    private static final int PAIRS = 2;
    /** Share of the device's memory that one stream may take; what is left is the driver's and other programs'. */
    private static final double SHARE = 0.7 / (2 * PAIRS);

    private final ClDevice device;
    private final Faults faults;
    private final RowTasks host;
    private final Transfers transfers;
    private final long context;
    private final Map<String, Long> programs = new HashMap<>();
    private final List<ClStream> streams = new ArrayList<>();
    private final List<Long> launches = new ArrayList<>();
    private volatile boolean watching;
    /** The last to rest is taken first: calls one after another need the memory of one pair only. */
    private final BlockingDeque<Pair> resting = new LinkedBlockingDeque<>();

    /** Two streams that take turns. */
    record Pair(ClStream first, ClStream second) {

        /** The stream of a step. */
        ClStream of(long step) {
            return (step & 1) == 0 ? first : second;
        }

        void free() {
            first.free();
            second.free();
        }
    }

    /**
     * @param threads of the processor that prepare what the device gets and put together what it finds
     * @throws ClFailure when the device cannot be opened
     */
    ClContext(ClDevice device, int threads, Faults faults) {
        this.device = device;
        this.faults = faults;
        this.host = new RowTasks(threads);
        this.transfers = new Transfers(host);
        try (MemoryStack stack = MemoryStack.stackPush()) {
            IntBuffer code = stack.mallocInt(1);
            PointerBuffer properties = stack.pointers(CL_CONTEXT_PLATFORM, device.platform(), 0);
            this.context = clCreateContext(properties, device.handle(), null, 0, code);
            ClFailure.check("clCreateContext", code.get(0));
        }
        try {
            for (int i = 0; i < PAIRS; i++) {
                resting.add(new Pair(stream(), stream()));
            }
        } catch (ClFailure e) {
            close();
            throw e;
        }
    }

    private ClStream stream() {
        ClStream stream = new ClStream(this);
        streams.add(stream);
        return stream;
    }

    ClDevice device() {
        return device;
    }

    /** Threads of the processor for what is done there before and after the device's part. */
    RowTasks host() {
        return host;
    }

    /** What these threads copy. */
    Transfers transfers() {
        return transfers;
    }

    /** Bytes that one stream may have in all its buffers, and that no single buffer may exceed. */
    long budget() {
        return Math.min(device.mostBuffer(), (long) (SHARE * device.device().facts().memory()));
    }

    /** Takes a pair of streams; waits when all are at work. */
    Pair borrow() {
        try {
            return resting.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the device", e);
        }
    }

    void giveBack(Pair pair) {
        resting.addFirst(pair);
    }

    void mayFail(String call, long bytes) {
        int code = faults.before(call, bytes);
        if (code != CL_SUCCESS) {
            throw new ClFailure(call, code);
        }
    }

    /** Begins to take the time of kernels; for one caller at a time. */
    void watch() {
        synchronized (launches) {
            forgetLaunches();
            watching = true;
        }
    }

    boolean watching() {
        return watching;
    }

    /** Takes up a launch's event while watching. */
    void launched(long event) {
        synchronized (launches) {
            launches.add(event);
        }
    }

    /**
     * Ends watching; seconds in which kernels have computed meanwhile, those of two at once counted once. All launches must
     * have ended.
     */
    double watched() {
        List<long[]> spans = new ArrayList<>();
        synchronized (launches) {
            watching = false;
            try (MemoryStack stack = MemoryStack.stackPush()) {
                LongBuffer from = stack.mallocLong(1);
                LongBuffer to = stack.mallocLong(1);
                for (long event : launches) {
                    clGetEventProfilingInfo(event, CL_PROFILING_COMMAND_START, from, null);
                    clGetEventProfilingInfo(event, CL_PROFILING_COMMAND_END, to, null);
                    spans.add(new long[] {from.get(0), to.get(0)});
                }
            }
            forgetLaunches();
        }
        spans.sort(Comparator.comparingLong(span -> span[0]));
        long nanos = 0;
        long end = 0;
        for (long[] span : spans) {
            nanos += Math.max(0, span[1] - Math.max(end, span[0]));
            end = Math.max(end, span[1]);
        }
        return nanos / 1e9;
    }

    /** Gives up the events of launches, those of a call that was stopped, too. */
    private void forgetLaunches() {
        synchronized (launches) {
            launches.forEach(event -> clReleaseEvent(event));
            launches.clear();
        }
    }

    long newQueue() {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            IntBuffer code = stack.mallocInt(1);
            long queue = clCreateCommandQueue(context, device.handle(), CL_QUEUE_PROFILING_ENABLE, code);
            ClFailure.check("clCreateCommandQueue", code.get(0));
            return queue;
        }
    }

    long allocate(long flags, long bytes) {
        mayFail("allocate", bytes);
        if (bytes > device.mostBuffer()) {
            throw new ClFailure("a buffer of " + bytes + " bytes", ClFailure.TOO_LARGE);
        }
        try (MemoryStack stack = MemoryStack.stackPush()) {
            IntBuffer code = stack.mallocInt(1);
            long buffer = clCreateBuffer(context, flags, bytes, code);
            ClFailure.check("clCreateBuffer", code.get(0));
            return buffer;
        }
    }

    /**
     * A kernel, its program compiled if it was not yet.
     *
     * @param file name of the source, without its ending
     * @param options of the compiler
     */
    long newKernel(String file, String options, String kernel) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            IntBuffer code = stack.mallocInt(1);
            long handle = clCreateKernel(program(file, options), kernel, code);
            ClFailure.check("clCreateKernel " + kernel, code.get(0));
            return handle;
        }
    }

    /** Whether the device's compiler takes a source with options; what it says against that goes to the log. */
    boolean builds(String file, String options) {
        try {
            program(file, options);
            return true;
        } catch (ClFailure e) {
            LOG.warn("{} does without {} of {}.cl", device.device().name(), options, file, e);
            return false;
        }
    }

    private synchronized long program(String file, String options) {
        return programs.computeIfAbsent(file + " " + options, name -> build(file, options));
    }

    private long build(String file, String options) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            IntBuffer code = stack.mallocInt(1);
            long program = clCreateProgramWithSource(context, source(file), code);
            ClFailure.check("clCreateProgramWithSource", code.get(0));
            int built = SignalHandlers.kept(
                    () -> clBuildProgram(program, device.handle(), "-cl-std=CL1.2 " + options, null, 0));
            if (built != CL_SUCCESS) {
                String log = buildLog(program);
                clReleaseProgram(program);
                throw new ClFailure("compiling " + file + ".cl", built, log);
            }
            return program;
        }
    }

    private static String source(String file) {
        try (InputStream in = ClContext.class.getResourceAsStream(file + ".cl")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private String buildLog(long program) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            PointerBuffer size = stack.mallocPointer(1);
            clGetProgramBuildInfo(program, device.handle(), CL_PROGRAM_BUILD_LOG, (ByteBuffer) null, size);
            ByteBuffer text = MemoryUtil.memAlloc(Math.max(1, (int) size.get(0)));
            try {
                clGetProgramBuildInfo(program, device.handle(), CL_PROGRAM_BUILD_LOG, text, null);
                byte[] bytes = new byte[text.remaining()];
                text.get(bytes);
                return new String(bytes, StandardCharsets.UTF_8).replace("\0", "").strip();
            } finally {
                MemoryUtil.memFree(text);
            }
        }
    }

    @Override
    public synchronized void close() {
        forgetLaunches();
        streams.forEach(ClStream::close);
        streams.clear();
        programs.values().forEach(p -> clReleaseProgram(p));
        programs.clear();
        clReleaseContext(context);
        host.close();
    }
}

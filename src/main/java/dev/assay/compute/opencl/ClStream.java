package dev.assay.compute.opencl;

import static org.lwjgl.opencl.CL10.*;
import static org.lwjgl.opencl.CL11.nclEnqueueReadBufferRect;
import static org.lwjgl.opencl.CL12.nclEnqueueBarrierWithWaitList;

import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import org.lwjgl.PointerBuffer;
import org.lwjgl.system.MemoryStack;

/**
 * One queue of a device with the buffers and kernels that it uses. Work goes in the order in which it was asked for, while
 * the caller goes on; two streams side by side let one transfer while the other computes. Used by one thread at a time.
 */
final class ClStream {

    /** Work items of a group, of all kernels. */
    static final int GROUP = 256;

    private final ClContext context;
    private final long queue;
    private final Map<String, Buffer> buffers = new HashMap<>();
    private final Map<String, Pinned> pinned = new HashMap<>();
    private final Map<String, Long> kernels = new HashMap<>();

    private record Buffer(long handle, long bytes) {}

    /** Host memory that the device reads and writes without a copy in between. */
    private record Pinned(long handle, MemorySegment memory) {}

    ClStream(ClContext context) {
        this.context = context;
        this.queue = context.newQueue();
    }

    /**
     * A buffer of the device. Its contents are lost when it has to grow.
     *
     * @param name which of the stream's buffers
     * @param bytes least size
     */
    long buffer(String name, long bytes) {
        Buffer there = buffers.get(name);
        if (there != null && there.bytes() >= bytes) {
            return there.handle();
        }
        if (there != null) {
            buffers.remove(name);
            finished();
            clReleaseMemObject(there.handle());
        }
        long handle = context.allocate(CL_MEM_READ_WRITE, Math.max(Long.BYTES, bytes));
        buffers.put(name, new Buffer(handle, bytes));
        return handle;
    }

    /** Pinned memory of the host; what is in flight to or from it must have ended before it is touched. */
    MemorySegment pinned(String name, long bytes) {
        Pinned there = pinned.get(name);
        if (there != null && there.memory().byteSize() >= bytes) {
            return there.memory();
        }
        if (there != null) {
            pinned.remove(name);
            release(there);
        }
        long size = Math.max(Long.BYTES, bytes);
        long handle = context.allocate(CL_MEM_READ_WRITE | CL_MEM_ALLOC_HOST_PTR, size);
        try (MemoryStack stack = MemoryStack.stackPush()) {
            var code = stack.mallocInt(1);
            long address = nclEnqueueMapBuffer(
                    queue, handle, CL_TRUE, CL_MAP_READ | CL_MAP_WRITE, 0, size, 0, 0, 0,
                    org.lwjgl.system.MemoryUtil.memAddress(code));
            if (code.get(0) != CL_SUCCESS) {
                clReleaseMemObject(handle);
                throw new ClFailure("clEnqueueMapBuffer", code.get(0));
            }
            MemorySegment memory = MemorySegment.ofAddress(address).reinterpret(size);
            pinned.put(name, new Pinned(handle, memory));
            return memory;
        }
    }

    private void release(Pinned block) {
        nclEnqueueUnmapMemObject(queue, block.handle(), block.memory().address(), 0, 0, 0);
        // Some drivers do not wait for the unmapping themselves.
        finished();
        clReleaseMemObject(block.handle());
    }

    /** Sends bytes from pinned memory; returns at once. */
    void write(long buffer, long at, MemorySegment from, long bytes) {
        if (bytes > 0) {
            ClFailure.check(
                    "clEnqueueWriteBuffer",
                    nclEnqueueWriteBuffer(queue, buffer, CL_FALSE, at, bytes, from.address(), 0, 0, 0));
        }
    }

    /** Copies to pinned memory and sends; returns at once. Pinned memory and buffer go by the name. */
    long send(String name, MemorySegment from, long bytes) {
        MemorySegment memory = pinned(name, bytes);
        context.transfers().copy(from.asSlice(0, bytes), memory);
        long buffer = buffer(name, bytes);
        write(buffer, 0, memory, bytes);
        return buffer;
    }

    /** Fetches bytes into pinned memory, which holds them after {@link #finish}. */
    MemorySegment fetch(String name, long buffer, long bytes) {
        MemorySegment memory = pinned(name + " back", bytes);
        if (bytes > 0) {
            ClFailure.check(
                    "clEnqueueReadBuffer",
                    nclEnqueueReadBuffer(queue, buffer, CL_FALSE, 0, bytes, memory.address(), 0, 0, 0));
        }
        return memory;
    }

    /**
     * Fetches part of a matrix into pinned memory; returns at once.
     *
     * @param at byte of the buffer where the part begins
     * @param bytes of a row of the part
     * @param pitch bytes from row to row in the buffer
     * @param toPitch bytes from row to row in the memory
     */
    void read(long buffer, long at, long bytes, long rows, long pitch, MemorySegment to, long toPitch) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            PointerBuffer from = stack.pointers(at % pitch, at / pitch, 0);
            ClFailure.check(
                    "clEnqueueReadBufferRect",
                    nclEnqueueReadBufferRect(
                            queue, buffer, CL_FALSE, from.address(), stack.pointers(0, 0, 0).address(),
                            stack.pointers(bytes, rows, 1).address(), pitch, 0, toPitch, 0, to.address(), 0, 0, 0));
        }
    }

    /** Lets what is asked for from now on wait for another stream's mark, which stays to be waited for or released. */
    void after(long mark) {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            ClFailure.check(
                    "clEnqueueBarrierWithWaitList",
                    nclEnqueueBarrierWithWaitList(queue, 1, stack.pointers(mark).address(), 0));
        }
    }

    /** Gives up a mark that the host need not wait for. */
    static void release(long mark) {
        clReleaseEvent(mark);
    }

    /** A mark behind everything asked for so far, to be waited for once. */
    long mark() {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            PointerBuffer event = stack.mallocPointer(1);
            ClFailure.check("clEnqueueMarker", clEnqueueMarker(queue, event));
            ClFailure.check("clFlush", clFlush(queue));
            return event.get(0);
        }
    }

    /** Waits until a mark is reached. */
    static void await(long mark) {
        int code = SignalHandlers.kept(() -> clWaitForEvents(mark));
        clReleaseEvent(mark);
        ClFailure.check("clWaitForEvents", code);
    }

    /** Waits for everything asked for so far. */
    void finish() {
        ClFailure.check("clFinish", finished());
    }

    private int finished() {
        // Some drivers compile a kernel for good when it first runs.
        return SignalHandlers.kept(() -> clFinish(queue));
    }

    /** Starts what was asked for without waiting. */
    void flush() {
        ClFailure.check("clFlush", clFlush(queue));
    }

    /** A call of a kernel of a source file, whose arguments follow in order. */
    Call call(String file, String kernel) {
        return new Call(kernels.computeIfAbsent(file + " " + kernel, name -> context.newKernel(file, "", kernel)));
    }

    /** As above, of a source compiled with options of its own. */
    Call call(String file, String options, String kernel) {
        return new Call(kernels.computeIfAbsent(
                file + " " + options + " " + kernel, name -> context.newKernel(file, options, kernel)));
    }

    /** Arguments, then the launch. */
    final class Call {

        private final long kernel;
        private int next;

        private Call(long kernel) {
            this.kernel = kernel;
        }

        Call buffer(long handle) {
            ClFailure.check("clSetKernelArg", clSetKernelArg1p(kernel, next++, handle));
            return this;
        }

        Call number(int value) {
            ClFailure.check("clSetKernelArg", clSetKernelArg1i(kernel, next++, value));
            return this;
        }

        Call local(long bytes) {
            ClFailure.check("clSetKernelArg", clSetKernelArg(kernel, next++, bytes));
            return this;
        }

        /** Runs groups of {@code width x height} items. */
        void run(long groupsX, long groupsY, int width, int height) {
            if (groupsX == 0 || groupsY == 0) {
                return;
            }
            context.mayFail("launch", 0);
            try (MemoryStack stack = MemoryStack.stackPush()) {
                PointerBuffer global = stack.pointers(groupsX * width, groupsY * height);
                PointerBuffer local = stack.pointers(width, height);
                PointerBuffer event = context.watching() ? stack.mallocPointer(1) : null;
                ClFailure.check(
                        "clEnqueueNDRangeKernel",
                        clEnqueueNDRangeKernel(queue, kernel, 2, null, global, local, null, event));
                if (event != null) {
                    context.launched(event.get(0));
                }
            }
        }

        /** Runs at least so many items in a row; the kernel leaves out those beyond. */
        void run(long items) {
            run((items + GROUP - 1) / GROUP, 1, GROUP, 1);
        }
    }

    /** Gives all memory back, e.g. before another try with less. */
    void free() {
        finished();
        buffers.values().forEach(b -> clReleaseMemObject(b.handle()));
        buffers.clear();
        pinned.values().forEach(this::release);
        pinned.clear();
    }

    void close() {
        free();
        kernels.values().forEach(k -> clReleaseKernel(k));
        kernels.clear();
        clReleaseCommandQueue(queue);
    }
}

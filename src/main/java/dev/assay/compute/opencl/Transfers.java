package dev.assay.compute.opencl;

import dev.assay.compute.RowTasks;
import java.lang.foreign.MemorySegment;

/** Brings large blocks to and from pinned memory by all threads of the host that are free. */
final class Transfers {

    /** Bytes of values in a stretch, whose kernels then take longer than their launch. */
    static final long STRETCH = 64L << 20;

    /** Bytes sent at once: enough for all threads, while the first and the last of them keep the device waiting. */
    private static final long PART = 16L << 20;
    /** Bytes that a thread copies before it takes the next; the copy takes several times a thread's wake-up. */
    private static final long PIECE = 512L << 10;

    private final RowTasks host;

    Transfers(RowTasks host) {
        this.host = host;
    }

    /**
     * Sends a block in parts, each of which is on its way while the next is copied to pinned memory; returns at once after
     * the last copy. Pinned memory and buffer go by the name.
     */
    long send(ClStream stream, String name, MemorySegment from, long bytes) {
        MemorySegment memory = stream.pinned(name, bytes);
        long buffer = stream.buffer(name, bytes);
        for (long at = 0; at < bytes; at += PART) {
            MemorySegment part = memory.asSlice(at, Math.min(PART, bytes - at));
            copy(from.asSlice(at, part.byteSize()), part);
            stream.write(buffer, at, part, part.byteSize());
            stream.flush();
        }
        return buffer;
    }

    /** Copies all of a block to the beginning of another. */
    void copy(MemorySegment from, MemorySegment to) {
        long bytes = from.byteSize();
        host.each((int) Math.ceilDiv(bytes, PIECE), () -> piece -> {
            long at = piece * PIECE;
            MemorySegment.copy(from, at, to, at, Math.min(PIECE, bytes - at));
        });
    }

    /**
     * Copies the rows of a block to rows that lie further apart.
     *
     * @param rowBytes of a row
     * @param at of the first row in the other block
     * @param stride bytes from one row there to the next
     */
    void copyRows(MemorySegment from, int rows, long rowBytes, MemorySegment to, long at, long stride) {
        if (stride == rowBytes) {
            copy(from.asSlice(0, rows * rowBytes), to.asSlice(at));
            return;
        }
        // A short copy takes about as long as this many bytes of a long one.
        int rowsAtOnce = (int) Math.clamp(PIECE / (rowBytes + 128), 1, Math.max(1, rows));
        host.each(Math.ceilDiv(rows, rowsAtOnce), () -> piece -> {
            int end = Math.min(rows, (piece + 1) * rowsAtOnce);
            for (int r = piece * rowsAtOnce; r < end; r++) {
                MemorySegment.copy(from, r * rowBytes, to, at + r * stride, rowBytes);
            }
        });
    }
}

package dev.assay.compute.opencl;

import java.lang.foreign.MemorySegment;

/**
 * Pinned memory in slots that take turns, so that the host fills or empties one while others are on their way, and the
 * memory that is pinned does not grow with what is sent. Used by one thread at a time.
 */
final class ClSlots {

    /** Bytes that a slot is meant to have: some hundred microseconds of a fast bus. */
    static final long BYTES = 8 << 20;

    /** Slots that may be on their way while the caller works on one. */
    static final int AHEAD = 3;

    private final ClStream stream;
    private final Slot[] slots = new Slot[AHEAD + 1];
    private int turn;

    /** Memory of one transfer. */
    final class Slot {

        private final String name;
        private MemorySegment memory;
        private long mark;

        private Slot(String name) {
            this.name = name;
        }

        MemorySegment memory() {
            return memory;
        }

        /** Says that its transfer has been asked for. */
        void leave() {
            mark = stream.mark();
        }

        /** Waits until its transfer has ended. */
        void await() {
            if (mark != 0) {
                long last = mark;
                mark = 0;
                ClStream.await(last);
            }
        }
    }

    /**
     * @param stream that transfers
     */
    ClSlots(ClStream stream) {
        this.stream = stream;
        for (int i = 0; i < slots.length; i++) {
            slots[i] = new Slot("slot " + i);
        }
    }

    /** Gives up what nobody waits for any more, e.g. after a failure. */
    void release() {
        for (Slot slot : slots) {
            if (slot.mark != 0) {
                ClStream.release(slot.mark);
                slot.mark = 0;
            }
        }
    }

    /** Rows that a slot holds, at least one of them and at most so many. */
    static int rows(long bytesPerRow, int most) {
        return (int) Math.clamp(BYTES / Math.max(1, bytesPerRow), 1, Math.max(1, most));
    }

    /** The slot whose turn it is, when its last transfer has ended. */
    Slot next(long bytes) {
        Slot slot = slots[turn];
        turn = (turn + 1) % slots.length;
        slot.await();
        slot.memory = stream.pinned(slot.name, bytes);
        return slot;
    }
}

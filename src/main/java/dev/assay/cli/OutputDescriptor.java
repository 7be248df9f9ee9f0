package dev.assay.cli;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A copy of the descriptor of standard output. Libraries of C print lines of their own there, HiGHS for one whatever its
 * options say, and Java's streams know nothing of it. So the descriptor is copied, its own number leads to standard error
 * from then on, and Assay writes to the copy.
 */
final class OutputDescriptor extends OutputStream {

    private static final Logger LOG = LoggerFactory.getLogger(OutputDescriptor.class);
    private static final int OUT = 1;
    private static final int ERR = 2;
    private static final int LONGEST_REASON = 256;

    private static final String ERRNO = "errno";
    private static final Linker.Option CAPTURE = Linker.Option.captureCallState(ERRNO);
    private static final VarHandle NUMBER =
            Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement(ERRNO));

    private final MethodHandle write;
    private final MethodHandle reason;
    private final int copy;

    private OutputDescriptor(MethodHandle write, MethodHandle reason, int copy) {
        this.write = write;
        this.reason = reason;
        this.copy = copy;
    }

    /**
     * Sends what is written to descriptor 1 to standard error from now on.
     *
     * @return what leads to standard output; empty where the system has no such descriptors (Windows) or one of them is closed
     */
    static Optional<OutputStream> keep() {
        if (System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows")) {
            return Optional.empty();
        }
        try {
            MethodHandle write =
                    function("write", JAVA_LONG, new MemoryLayout[] {JAVA_INT, ADDRESS, JAVA_LONG}, CAPTURE);
            MethodHandle reason = function("strerror", ADDRESS, new MemoryLayout[] {JAVA_INT});
            int copy = (int) function("dup", JAVA_INT, new MemoryLayout[] {JAVA_INT}).invokeExact(OUT);
            if (copy < 0
                    || (int) function("dup2", JAVA_INT, new MemoryLayout[] {JAVA_INT, JAVA_INT}).invokeExact(ERR,
                            OUT) < 0) {
                return Optional.empty();
            }
            return Optional.of(new OutputDescriptor(write, reason, copy));
        } catch (Throwable e) { // whatever a system lacks, the output is as good as Java's
            LOG.debug("standard output stays shared", e);
            return Optional.empty();
        }
    }

    private static MethodHandle function(
            String name, MemoryLayout result, MemoryLayout[] arguments, Linker.Option... options) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments), options);
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        if (length == 0) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Linker.Option.captureStateLayout());
            MemorySegment text = arena.allocate(length);
            MemorySegment.copy(bytes, from, text, JAVA_BYTE, 0, length);
            for (long done = 0; done < length;) {
                long written = (long) write.invokeExact(state, copy, text.asSlice(done), length - done);
                if (written < 0) {
                    MemorySegment why = (MemorySegment) reason.invokeExact((int) NUMBER.get(state, 0L));
                    throw new IOException(why.reinterpret(LONGEST_REASON).getString(0));
                }
                done += written;
            }
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) { // a downcall declares it, none throws it
            throw new IOException(e);
        }
    }
}

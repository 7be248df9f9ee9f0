package dev.assay.cli;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process's standard output, kept for Assay alone. Libraries of C print lines of their own there, HiGHS for one whatever
 * its options say, and Java's streams know nothing of it. So the descriptor is copied, its own number leads to standard error
 * from then on, and Assay writes to the copy.
 */
final class StandardOutput extends OutputStream {

    private static final Logger LOG = LoggerFactory.getLogger(StandardOutput.class);
    private static final int OUT = 1;
    private static final int ERR = 2;

    private final MethodHandle write;
    private final int descriptor;

    private StandardOutput(MethodHandle write, int descriptor) {
        this.write = write;
        this.descriptor = descriptor;
    }

    /**
     * Sends what others print to standard error from now on.
     *
     * @return what leads to standard output; on a system that knows no such descriptors (Windows) Java's own stream
     */
    static PrintStream keep() {
        if (System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows")) {
            return System.out;
        }
        try {
            int copy = (int) function("dup", JAVA_INT, JAVA_INT).invokeExact(OUT);
            if (copy < 0 || (int) function("dup2", JAVA_INT, JAVA_INT, JAVA_INT).invokeExact(ERR, OUT) < 0) {
                return System.out; // one of the two is closed
            }
            MethodHandle write = function("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
            System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
            return new PrintStream(new StandardOutput(write, copy), false, StandardCharsets.UTF_8);
        } catch (Throwable e) { // whatever a system lacks, the output is as good as Java's
            LOG.debug("standard output stays shared", e);
            return System.out;
        }
    }

    private static MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments));
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
            MemorySegment text = arena.allocate(length);
            MemorySegment.copy(bytes, from, text, JAVA_BYTE, 0, length);
            for (long done = 0; done < length; ) {
                long written = (long) write.invokeExact(descriptor, text.asSlice(done), length - done);
                if (written <= 0) {
                    throw new IOException("standard output takes no more");
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

package dev.assay.compute.opencl;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Puts back the handlers of signals by which compiled Java code finds null references, divisions by zero and the like, and by
 * which a user ends the program. LLVM, the compiler inside PoCL and other OpenCL drivers, installs handlers of its own, and the
 * next null reference that the Java machine meant to catch would end the process without a word (decision 53). On Linux;
 * elsewhere nothing is done, since there handlers are not shared by libraries or no driver is known to replace them.
 */
final class SignalHandlers {

    /**
     * By Linux's numbers on x86-64 and AArch64: SIGHUP, SIGINT, SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV,
     * SIGUSR2, SIGPIPE, SIGTERM, SIGXCPU, SIGXFSZ and SIGSYS, which the Java machine sets when it starts or LLVM replaces.
     */
    private static final int[] SIGNALS = {1, 2, 3, 4, 5, 6, 7, 8, 11, 12, 13, 15, 24, 25, 31};
    /** More than {@code struct sigaction} takes on any processor. */
    private static final long MOST_BYTES = 512;

    private static final SignalHandlers FIRST = new SignalHandlers();

    private final MethodHandle sigaction;
    private final Map<Integer, MemorySegment> handlers = new HashMap<>();

    private SignalHandlers() {
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) {
            this.sigaction = null;
            return;
        }
        Linker linker = Linker.nativeLinker();
        this.sigaction = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("sigaction"),
                FunctionDescriptor.of(
                        ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
        for (int signal : SIGNALS) {
            MemorySegment handler = Arena.ofAuto().allocate(MOST_BYTES, Long.BYTES);
            if (call(signal, MemorySegment.NULL, handler)) {
                handlers.put(signal, handler);
            }
        }
    }

    private boolean call(int signal, MemorySegment set, MemorySegment old) {
        try {
            return (int) sigaction.invokeExact(signal, set, old) == 0;
        } catch (Throwable e) {
            throw new IllegalStateException("sigaction", e);
        }
    }

    /**
     * Makes a call in which a driver may load or compile something, and puts the handlers back, which takes microseconds. They
     * are read before the first such call. For any thread.
     */
    static <T> T kept(Supplier<T> call) {
        try {
            return call.get();
        } finally {
            FIRST.handlers.forEach((signal, handler) -> FIRST.call(signal, handler, MemorySegment.NULL));
        }
    }
}

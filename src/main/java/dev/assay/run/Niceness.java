package dev.assay.run;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets the calling thread, and every thread that it starts from then on, stand back when others want the processor. A
 * run keeps all processors busy; without this a window would wait for its turn between the run's threads at every
 * redraw.
 */
final class Niceness {

    private static final Logger LOG = LoggerFactory.getLogger(Niceness.class);
    private static final int STEP_BACK = 10;

    private Niceness() {}

    /** Lowers the thread's priority; where the system does not let it, the thread stays as it is. */
    @SuppressWarnings("ThreadPriorityCheck") // for the window's sake, nothing relies on it
    static void standBack() {
        Thread.currentThread().setPriority(Thread.MIN_PRIORITY);
        // Java does not pass priorities on to Linux, where threads have a niceness of their own.
        if (System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) {
            try {
                Linker linker = Linker.nativeLinker();
                MethodHandle nice = linker.downcallHandle(
                        linker.defaultLookup().findOrThrow("nice"),
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
                LOG.debug("niceness is {} now", (int) nice.invokeExact(STEP_BACK));
            } catch (Throwable e) { // whatever a system lacks, the run goes on
                LOG.debug("the niceness of {} stays", Thread.currentThread().getName(), e);
            }
        }
    }
}

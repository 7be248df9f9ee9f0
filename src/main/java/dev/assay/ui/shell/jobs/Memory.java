package dev.assay.ui.shell.jobs;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Memory in use, in bytes. Engines keep their tensors outside of the heap, so the heap alone says little.
 *
 * @param heapUsed used part of the heap
 * @param heapMax what the heap may grow to
 * @param process memory of the whole process: resident on Linux, committed elsewhere; -1 when not known
 */
public record Memory(long heapUsed, long heapMax, long process) {

    private static final Path STATUS = Path.of("/proc/self/status");

    /** Memory as it stands. Reads a small file on Linux, so not on the JavaFX thread. */
    public static Memory now() {
        Runtime runtime = Runtime.getRuntime();
        return new Memory(runtime.totalMemory() - runtime.freeMemory(), runtime.maxMemory(), ofProcess());
    }

    private static long ofProcess() {
        if (Files.isReadable(STATUS)) {
            try {
                for (String line : Files.readAllLines(STATUS)) {
                    if (line.startsWith("VmRSS:")) {
                        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
                    }
                }
            } catch (IOException e) {
                return -1;
            }
        }
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean os
                ? os.getCommittedVirtualMemorySize()
                : -1;
    }
}

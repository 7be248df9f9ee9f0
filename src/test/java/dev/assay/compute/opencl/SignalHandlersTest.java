package dev.assay.compute.opencl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.compute.ActivationPacking;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** After a driver has compiled and run a kernel the Java machine still has its handlers. */
class SignalHandlersTest {

    @Test
    void areJavasAfterAKernelRan() throws JMException {
        long[] bits = new long[1];
        OpenClDevice.kernels()
                .get(ActivationPacking.class)
                .pack(MemorySegment.ofArray(new float[] {1, -1, 2}), 1, 3, 1, MemorySegment.ofArray(bits), 1, 0);
        assertThat(bits[0]).isEqualTo(0b101);

        String[] signature = {String[].class.getName()};
        String machine = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"), "vmInfo",
                        new Object[] {new String[0]}, signature);
        assertThat(machine).contains("SIGSEGV: javaSignalHandler").doesNotContain("Handler was modified");
        // Those that end the program too; where it was started with one ignored, that has no library.
        assertThat(machine.lines().map(String::strip).filter(line -> line.matches("SIG\\w+: .* in .*")))
                .hasSizeGreaterThan(5)
                .allMatch(line -> line.contains(" in libjvm."));
    }
}

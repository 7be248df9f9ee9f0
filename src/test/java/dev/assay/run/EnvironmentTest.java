package dev.assay.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EnvironmentTest {

    @Test
    void versionsAreReadOffTheClassPathWithoutClassifiers() {
        assertThat(Environment.libraries(
                "/lib/onnxruntime-1.21.1.jar",
                "/lib/nd4j-native-1.0.0-M2.1-linux-x86_64.jar",
                "/lib/pytorch-native-cpu-2.7.1-linux-x86_64.jar",
                "/lib/openblas-0.3.19-1.5.7.jar",
                "/lib/guava-33.jar",
                "/classes"))
                .containsEntry("onnxruntime", "1.21.1")
                .containsEntry("nd4j-native", "1.0.0-M2.1")
                .containsEntry("pytorch-native-cpu", "2.7.1")
                .containsEntry("openblas", "0.3.19-1.5.7")
                .hasSize(4);
    }

    @Test
    void theMachineIsNamed() {
        Environment here = Environment.detect();
        assertThat(here.cpu()).matches(".+, \\d+ threads");
        assertThat(here.os()).startsWith(System.getProperty("os.name"));
    }
}

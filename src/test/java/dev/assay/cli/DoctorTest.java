package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DoctorTest {

    @Test
    void enginesAreReallyStartedAndEveryFindingIsTold() throws Exception {
        Cli cli = new Cli();
        assertThat(cli.run("doctor", "--json")).isZero();
        Map<String, JsonNode> checks = new LinkedHashMap<>();
        cli.json().get("checks").forEach(c -> checks.put(c.get("what").asText(), c));
        assertThat(checks).containsKeys("Java", "memory", "device cpu", "ONNX Runtime", "PyTorch", "ND4J", "SQLite",
                "JavaFX");
        assertThat(checks.get("ONNX Runtime").get("works").asBoolean())
                .as(checks.get("ONNX Runtime").toString())
                .isTrue();
        assertThat(checks.get("SQLite").get("text").asText()).startsWith("version 3.");
        assertThat(checks.get("device cpu").get("text").asText()).contains("thread");
    }
}

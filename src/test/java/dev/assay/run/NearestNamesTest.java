package dev.assay.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNamesTest {

    private static final List<String> NAMES = List.of("slack", "slacks", "labelSource", "decision");

    @Test
    void aSlipOfTheKeyIsRecognised() {
        assertThat(NearestNames.of("slcak", NAMES)).first().isEqualTo("slack");
        assertThat(NearestNames.of("labelsource", NAMES)).first().isEqualTo("labelSource");
    }

    @Test
    void theStartOfANameIsRecognised() {
        assertThat(NearestNames.of("label", NAMES)).containsExactly("labelSource");
    }

    @Test
    void somethingElseIsNot() {
        assertThat(NearestNames.of("temperature", NAMES)).isEmpty();
        assertThat(NearestNames.hint("temperature", NAMES)).isEqualTo("there are slack, slacks, labelSource, decision");
        assertThat(NearestNames.hint("x", List.of())).isEqualTo("there are none");
    }
}

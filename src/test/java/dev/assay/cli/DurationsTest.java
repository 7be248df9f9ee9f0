package dev.assay.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    private final Durations durations = new Durations();

    @Test
    void secondsMinutesAndHours() {
        assertThat(durations.convert("90")).isEqualTo(Duration.ofSeconds(90));
        assertThat(durations.convert("1.5s")).isEqualTo(Duration.ofMillis(1500));
        assertThat(durations.convert("15m")).isEqualTo(Duration.ofMinutes(15));
        assertThat(durations.convert("2h")).isEqualTo(Duration.ofHours(2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "s", "1d", "soon", "99999999999"})
    void anythingElseIsRefused(String text) {
        assertThatThrownBy(() -> durations.convert(text)).hasMessageContaining("not a time");
    }
}

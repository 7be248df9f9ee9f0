package dev.assay.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class CostModelTest {

    private static final CostModel MODEL =
            new CostModel(1e-4, 1e9, 2e9, Map.of("Runnable", new CostModel.Rate(1e9, 1e11)));

    @Test
    void aCallPaysWhenTransferAndWorkTakeLessThanOnTheProcessor() {
        assertThat(MODEL.pays(Runnable.class, 1000, 1000, 1e9)).isTrue();
        assertThat(MODEL.pays(Runnable.class, 1000, 1000, 1e4)).as("less work than the latency").isFalse();
        assertThat(MODEL.pays(Runnable.class, 2_000_000_000, 0, 1e9)).as("the transfer alone takes longer").isFalse();
        assertThat(MODEL.pays(Comparable.class, 0, 0, 1e12)).as("was never measured").isFalse();
    }

    @Test
    void itsTextGivesItBack() {
        assertThat(CostModel.parse(MODEL.text())).isEqualTo(MODEL);
        assertThatThrownBy(() -> CostModel.parse("1 2")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CostModel.parse("1 2 3 x=4")).isInstanceOf(IllegalArgumentException.class);
    }
}

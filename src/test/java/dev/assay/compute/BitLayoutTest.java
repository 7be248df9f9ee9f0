package dev.assay.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class BitLayoutTest {

    @Test
    void everyLayerStartsAtAWholeWord() {
        BitLayout layout = new BitLayout(64, 65, 1);

        assertThat(layout.words()).isEqualTo(4);
        assertThat(layout.units()).isEqualTo(130);
        assertThat(layout.wordOffset(1)).isEqualTo(1);
        assertThat(layout.wordOffset(2)).isEqualTo(3);
        assertThat(layout.bitOf(63)).isEqualTo(63);
        assertThat(layout.bitOf(64)).isEqualTo(64);
        assertThat(layout.bitOf(128)).isEqualTo(128);
        assertThat(layout.bitOf(129)).isEqualTo(192);
    }

    @Test
    void findsTheLayerOfAUnit() {
        BitLayout layout = new BitLayout(2, 3);

        assertThat(layout.layerOf(1)).isZero();
        assertThat(layout.layerOf(2)).isEqualTo(1);
        assertThatThrownBy(() -> layout.layerOf(5)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void refusesALayerWithoutUnits() {
        assertThatThrownBy(() -> new BitLayout(4, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}

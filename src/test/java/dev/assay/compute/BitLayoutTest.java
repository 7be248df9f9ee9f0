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

    /** More than 2^31 bits of all patterns together. */
    @Test
    void masksMayHaveMoreBitsThanAnIntCounts() {
        BitLayout layout = new BitLayout(1 << 20);
        byte[] states = new byte[1 << 20];
        states[5] = 1;
        states[states.length - 1] = -1;
        PatternMasks masks = new PatternMasks.Builder(layout, 1, 2049).require(0, 2048, states).build();
        assertThat(masks.state(0, 2048, 5)).isEqualTo(1);
        assertThat(masks.state(0, 2048, states.length - 1)).isEqualTo(-1);
        assertThat(masks.units(0, 0, true)).isEmpty();
    }
}

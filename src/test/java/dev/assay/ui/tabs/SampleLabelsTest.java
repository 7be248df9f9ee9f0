package dev.assay.ui.tabs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SampleLabelsTest {

    @Test
    void readsTheClassOfEverySample() throws Exception {
        int[] labels = SampleLabels.read(FakeDataset.rows("rows", 25), done -> {}, () -> false);
        assertThat(labels).hasSize(25);
        assertThat(labels[4]).isEqualTo(4);
        assertThat(labels[14]).isEqualTo(4);
        assertThat(labels[15]).isEqualTo(5);
    }

    @Test
    void givesUpWhenItIsCancelled() throws Exception {
        assertThat(SampleLabels.read(FakeDataset.rows("rows", 25), done -> {}, () -> true)).isNull();
    }

    @Test
    void tellsHowFarItIs() throws Exception {
        long[] last = new long[1];
        SampleLabels.read(FakeDataset.images("images", 3000), done -> last[0] = done, () -> false);
        assertThat(last[0]).isEqualTo(3000);
    }
}

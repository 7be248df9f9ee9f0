package dev.assay.ui.tabs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClassIndexTest {

    @Test
    void findsTheSamplesOfAClass() throws Exception {
        ClassIndex index = ClassIndex.read(FakeDataset.rows("rows", 25), done -> {}, () -> false);
        assertThat(index.samplesOf(4)).containsExactly(4, 14, 24);
        assertThat(index.samplesOf(5)).containsExactly(5, 15);
    }

    @Test
    void givesUpWhenItIsCancelled() throws Exception {
        assertThat(ClassIndex.read(FakeDataset.rows("rows", 25), done -> {}, () -> true)).isNull();
    }

    @Test
    void tellsHowFarItIs() throws Exception {
        long[] last = new long[1];
        ClassIndex.read(FakeDataset.images("images", 3000), done -> last[0] = done, () -> false);
        assertThat(last[0]).isEqualTo(3000);
    }
}

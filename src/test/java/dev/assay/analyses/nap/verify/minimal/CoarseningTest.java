package dev.assay.analyses.nap.verify.minimal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analyses.nap.verify.bound.Signs;
import org.junit.jupiter.api.Test;

class CoarseningTest {

    private static final int[] ORDER = {0, 1, 2, 3};

    private final Signs pattern = Signs.pattern(4, new int[] {0, 1, 2}, new int[] {3}, 0.5);

    private final Coarsening coarsening = new Coarsening(
            s -> s.sign(3) != 0 && (s.sign(0) != 0 || (s.sign(1) != 0 && s.sign(2) != 0)), (calls, left) -> {});

    @Test
    void theSmallestPartIsFoundWithItsMargins() {
        assertThat(coarsening.refine(pattern, ORDER, 1_000))
                .isEqualTo(Signs.pattern(4, new int[] {0}, new int[] {3}, 0.5));
    }

    @Test
    void aSinglePassIsMinimal() {
        assertThat(coarsening.coarsen(pattern, ORDER))
                .isEqualTo(Signs.pattern(4, new int[] {1, 2}, new int[] {3}, 0.5));
    }
}

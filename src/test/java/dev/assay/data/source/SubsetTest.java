package dev.assay.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubsetTest {

    private static Subset of(long count, String... options) throws InputException {
        Map<String, String> given = new LinkedHashMap<>();
        for (String option : options) {
            given.put(option.substring(0, option.indexOf('=')), option.substring(option.indexOf('=') + 1));
        }
        return new Subset(new OptionReader(new Location(Path.of("x"), given), CommonOptions.after()), count);
    }

    private static List<Long> indices(Subset subset) {
        List<Long> indices = new ArrayList<>();
        for (long i = 0; i < subset.size(); i++) {
            indices.add(subset.stored(i));
        }
        return indices;
    }

    @Test
    void withoutOptionsEverySampleIsTaken() throws Exception {
        assertThat(indices(of(5))).containsExactly(0L, 1L, 2L, 3L, 4L);
    }

    @Test
    void aRangeIsHalfOpen() throws Exception {
        assertThat(indices(of(10, "range=2:5"))).containsExactly(2L, 3L, 4L);
        assertThat(indices(of(10, "range=:2"))).containsExactly(0L, 1L);
        assertThat(indices(of(10, "range=8:"))).containsExactly(8L, 9L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"5", "a:b", "-1:3", "0:11", "4:4", "5:2"})
    void aRangeThatDoesNotFitIsRefused(String range) {
        assertThatThrownBy(() -> of(10, "range=" + range))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("range=" + range);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1", "-0.1", "half"})
    void aShareOutsideZeroAndOneIsRefused(String share) {
        assertThatThrownBy(() -> of(10, "part=test", "holdout=" + share))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("between 0 and 1");
    }

    @Test
    void anEmptyPartIsRefused() {
        assertThatThrownBy(() -> of(2, "part=test", "holdout=0.1"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("test part of 2 samples is empty");
    }

    @Test
    void theSplitIsTheSameAtEveryOpeningAndOtherForAnotherSeed() throws Exception {
        List<Long> first = indices(of(1000, "part=test"));
        assertThat(indices(of(1000, "part=test"))).isEqualTo(first);
        assertThat(indices(of(1000, "part=test", "splitSeed=1"))).isNotEqualTo(first);
    }

    @Test
    void theSplitTakesFromEverywhere() throws Exception {
        List<Long> test = indices(of(10_000, "part=test"));
        for (long start = 0; start < 10_000; start += 1000) {
            long from = start;
            assertThat(test.stream().filter(i -> i >= from && i < from + 1000).count()).isBetween(140L, 260L);
        }
    }

    @Property(tries = 100)
    void thePartsAreDisjointAndTogetherTheRange(
            @ForAll @IntRange(min = 10, max = 3000) int count,
            @ForAll @IntRange(min = 1, max = 9) int tenths,
            @ForAll long seed)
            throws Exception {
        String[] options = {"range=3:", "holdout=0." + tenths, "splitSeed=" + seed};
        Subset train = of(count, options[0], options[1], options[2], "part=train");
        Subset test = of(count, options[0], options[1], options[2], "part=test");
        List<Long> all = new ArrayList<>(indices(train));
        all.addAll(indices(test));
        assertThat(all.stream().sorted().toList())
                .isEqualTo(LongStream.range(3, count).boxed().toList());
        assertThat(test.size()).isEqualTo((long) Math.floor((count - 3) * tenths / 10.0 + 0.5));
    }

    @Property(tries = 50)
    void runsVisitExactlyThePart(
            @ForAll @IntRange(min = 5, max = 500) int count, @ForAll @IntRange(min = 1, max = 20) int most)
            throws Exception {
        Subset subset = of(count, "part=train", "holdout=0.4");
        List<Long> visited = new ArrayList<>();
        long at = subset.nextTaken(0);
        while (at < subset.end()) {
            long end = subset.runEnd(at, most);
            for (long i = at; i < end; i++) {
                visited.add(i);
            }
            at = subset.nextTaken(end);
        }
        assertThat(visited).isEqualTo(indices(subset));
    }

    @Test
    void findsSamplesInTheMiddleOfMillions() throws Exception {
        Subset test = of(1_000_000, "part=test", "holdout=0.1");
        assertThat(test.size()).isEqualTo(100_000);
        long stored = test.stored(50_000);
        assertThat(test.takes(stored)).isTrue();
        assertThat(LongStream.range(0, stored).filter(test::takes).count()).isEqualTo(50_000);
    }

    @Property(tries = 100)
    void thePermutationVisitsEveryItemOnce(@ForAll @IntRange(min = 1, max = 2000) int count, @ForAll long seed) {
        Permutation permutation = new Permutation(count, seed);
        assertThat(LongStream.range(0, count).map(permutation::of).sorted().toArray())
                .isEqualTo(LongStream.range(0, count).toArray());
    }
}

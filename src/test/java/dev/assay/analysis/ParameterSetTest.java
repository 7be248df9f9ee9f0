package dev.assay.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ParameterSetTest {

    /** A choice. */
    public enum LabelSource {
        PROVIDED,
        PROVIDED_AND_CORRECT
    }

    /** One component of every type. */
    public record Everything(
            @Parameter(label = "Slack s", help = "h", min = "0", max = "0.5", maxExclusive = true) Exact slack,
            @Parameter(label = "Slacks", help = "h", min = "0", max = "0.5") List<Exact> slacks,
            @Parameter(label = "Labels", help = "h") LabelSource labels,
            @Parameter(label = "Sources", help = "h") List<LabelSource> sources,
            @Parameter(label = "Rounds", help = "h", min = "1") int rounds,
            @Parameter(label = "Rate", help = "h", min = "0", max = "1") double rate,
            @Parameter(label = "Dead", help = "h") boolean dead,
            @Parameter(label = "Layers", help = "h") String layers) implements ParameterSet.Checked {

        public static Everything defaults() {
            return new Everything(
                    Exact.parse("0.01"),
                    List.of(Exact.parse("0"), Exact.parse("1/6")),
                    LabelSource.PROVIDED,
                    List.of(LabelSource.PROVIDED_AND_CORRECT, LabelSource.PROVIDED),
                    3,
                    0.5,
                    false,
                    "all");
        }

        @Override
        public List<ParameterProblem> problems() {
            return dead && rounds > 10
                    ? List.of(new ParameterProblem("rounds", "at most 10 rounds with dead units"))
                    : List.of();
        }
    }

    private final ParameterSet<Everything> set = ParameterSet.of(Everything.class);

    @Test
    void defaultsSurviveTheWayThroughText() throws Exception {
        Map<String, String> text = set.toText(set.defaults());

        assertThat(text)
                .containsEntry("slack", "0.01")
                .containsEntry("slacks", "0,1/6")
                .containsEntry("labels", "provided")
                .containsEntry("sources", "provided-and-correct,provided");
        assertThat(set.parse(text)).isEqualTo(Everything.defaults());
    }

    @Test
    void ofAFewChoicesEachIsGivenOnceAndOneAtLeast() {
        assertThat(set.descriptors()).filteredOn(d -> d.name().equals("sources")).first()
                .satisfies(d -> assertThat(d.choices()).containsExactly("provided", "provided-and-correct"));
        assertThat(set.check(Map.of("sources", "provided, provided-and-correct"))).isEmpty();
        assertThat(set.check(Map.of("sources", "provided,provided"))).extracting(ParameterProblem::message)
                .containsExactly("'provided' is given twice");
        assertThat(set.check(Map.of("sources", " "))).extracting(ParameterProblem::message)
                .containsExactly("at least one of provided, provided-and-correct is needed");
        assertThat(set.check(Map.of("sources", "provided,found"))).extracting(ParameterProblem::message)
                .containsExactly("'found' is not one of provided, provided-and-correct");
    }

    @Test
    void absentValuesKeepTheirDefaults() throws Exception {
        Everything parsed = set.parse(Map.of("labels", "provided-and-correct", "rate", "1e-3"));

        assertThat(parsed.labels()).isEqualTo(LabelSource.PROVIDED_AND_CORRECT);
        assertThat(parsed.rate()).isEqualTo(0.001);
        assertThat(parsed.rounds()).isEqualTo(3);
    }

    @Test
    void aValueOutOfRangeIsNamedWithItsRange() {
        assertThatThrownBy(() -> set.parse(Map.of("slack", "0.5")))
                .isInstanceOf(AnalysisException.class)
                .hasMessageContaining("slack")
                .hasMessageContaining("0 <= slack < 0.5");
        assertThat(set.check(Map.of("slacks", "0,0.6"))).extracting(ParameterProblem::parameter)
                .containsExactly("slacks");
    }

    @Test
    void everyProblemIsListedAtOnce() {
        assertThat(set.check(Map.of("rounds", "two", "rate", "2", "labels", "guess", "dead", "yes")))
                .extracting(ParameterProblem::parameter)
                .containsExactly("labels", "rounds", "rate", "dead");
    }

    @Test
    void notANumberIsNotInRange() {
        assertThat(set.check(Map.of("rate", "NaN"))).hasSize(1);
    }

    @Test
    void anUnknownParameterNamesTheKnownOnes() {
        assertThatThrownBy(() -> set.parse(Map.of("slak", "0.1")))
                .hasMessageContaining("slak")
                .hasMessageContaining("slacks");
    }

    @Test
    void componentsThatDependOnEachOtherAreChecked() {
        assertThat(set.check(Map.of("dead", "true", "rounds", "11")))
                .extracting(ParameterProblem::message)
                .containsExactly("at most 10 rounds with dead units");
    }

    @Test
    void emptyListElementsAreRefused() {
        assertThat(set.check(Map.of("slacks", "0,,1"))).hasSize(1);
    }

    @Property
    void numbersAreWrittenShortAndReadAsTheSame(@ForAll double rate) throws Exception {
        String text = ParameterText.format(rate);
        assertThat(Double.parseDouble(text)).isEqualTo(rate);
        assertThat(text).doesNotEndWith(".0").doesNotContain(".0e").doesNotContain("E");
    }

    @Test
    void theDefaultIsKnownHoweverItIsWritten() {
        ParameterDescriptor rate =
                set.descriptors().stream().filter(d -> d.name().equals("rate")).findFirst().orElseThrow();
        assertThat(List.of("0.5", "0.50", "5e-1")).allMatch(rate::isDefault);
        assertThat(List.of("0.4", "", "half")).noneMatch(rate::isDefault);
        ParameterDescriptor slacks =
                set.descriptors().stream().filter(d -> d.name().equals("slacks")).findFirst().orElseThrow();
        assertThat(slacks.isDefault("0, 1/6")).isTrue();
        assertThat(slacks.isDefault("1/6,0")).isFalse();
    }

    @Test
    void numbersAreWrittenAsPeopleDo() {
        assertThat(List.of(1.0, 300.0, 0.001, 1e-4, 1e-12, 1.5e-7, -0.0).stream().map(ParameterText::format))
                .containsExactly("1", "300", "0.001", "1e-4", "1e-12", "1.5e-7", "-0");
    }
}

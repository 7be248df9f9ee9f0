package dev.assay.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.analysis.InputException;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ClassOrderTest {

    private static ClassOrder.Match match(List<String> own, List<String> among, long... counts) throws InputException {
        return ClassOrder.match("test.csv", own, () -> counts, among, "train.csv", "mend it");
    }

    @Property(tries = 100)
    void aNameIsFoundWhereverItStands(@ForAll @IntRange(min = 1, max = 30) int classes, @ForAll long seed) {
        List<String> among = new java.util.ArrayList<>(
                IntStream.range(0, classes).mapToObj(c -> "class " + c).toList());
        Collections.shuffle(among, new Random(seed));
        List<String> own = among.stream().sorted().limit(1 + classes / 2).toList();
        int[] places = ClassOrder.places(own, among);
        for (int c = 0; c < places.length; c++) {
            assertThat(among.get(places[c])).isEqualTo(own.get(c));
        }
    }

    @Test
    void aMissingClassMovesNoOther() throws Exception {
        ClassOrder.Match match = match(List.of("cat", "horse"), List.of("cat", "dog", "horse"), 1, 1);
        assertThat(match.places()).containsExactly(0, 2);
        assertThat(match.note()).get().asString().contains("cat, horse").contains("cat, dog, horse")
                .contains("by name");
    }

    @Test
    void equalListsAndFewerNumbersAreNoNews() throws Exception {
        assertThat(match(List.of("a", "b"), List.of("a", "b"), 1, 1).note()).isEmpty();
        assertThat(match(List.of("0", "1"), List.of("0", "1", "2"), 1, 1).note()).isEmpty();
    }

    @Test
    void anotherClassIsRefusedWithBothLists() {
        assertThatThrownBy(() -> match(List.of("cat", "wasp"), List.of("cat", "dog"), 5, 1))
                .isInstanceOf(InputException.class)
                .hasMessage("test.csv: the class 'wasp' is not among the classes cat, dog of train.csv; mend it.");
        assertThatThrownBy(() -> match(List.of("cat", "wasp"), List.of("ant", "dog"), 5, 1))
                .hasMessageContaining("the classes cat, wasp are not among");
    }

    @Test
    void anotherClassWithoutSamplesDoesNotMatter() throws Exception {
        assertThat(match(List.of("cat", "wasp"), List.of("dog", "cat"), 5, 0).places()).containsExactly(1, -1);
    }

    @Test
    void numbersKeepTheirNumberAmongWordsAndAreNumbersAmongNumbers() throws Exception {
        ClassOrder.Match words = match(List.of("0", "1"), List.of("cat", "dog", "eel"), 1, 1);
        assertThat(words.places()).containsExactly(0, 1);
        assertThat(words.note()).get().asString().contains("by number");
        assertThat(ClassOrder.places(List.of("07", "1"), List.of("1", "2", "7"))).containsExactly(2, 0);
        assertThat(ClassOrder.places(List.of("0", "1"), List.of("2", "1", "0"))).containsExactly(2, 1);
        assertThatThrownBy(() -> match(List.of("cat"), List.of("0", "1"), 1)).hasMessageContaining("'cat'");
    }

    @Test
    void outputsAreNamedByTheDataAndThenByNumbers() {
        assertThat(ClassOrder.ofOutputs(List.of("cat", "dog"), 3)).containsExactly("cat", "dog", "2");
        assertThat(ClassOrder.ofOutputs(List.of("1", "3"), 4)).containsExactly("0", "1", "2", "3");
        assertThat(ClassOrder.ofOutputs(List.of("2", "1", "0"), 3)).containsExactly("2", "1", "0");
        assertThat(ClassOrder.ofOutputs(List.of("7", "2"), 3)).containsExactly("7", "2", "output 2");
        assertThat(ClassOrder.ofOutputs(List.of("a", "b", "c"), 2)).containsExactly("a", "b");
    }

    @Test
    void namedClassesThatAreFewerThanTheOutputsAreInDoubt() {
        assertThat(ClassOrder.doubt("pets", List.of("cat", "dog"), 3))
                .get()
                .asString()
                .contains("pets has 2 classes (cat, dog)")
                .contains("3 outputs")
                .contains("classes=");
        assertThat(ClassOrder.doubt("pets", List.of("cat", "dog"), 2)).isEmpty();
        assertThat(ClassOrder.doubt("digits", List.of("0", "1"), 10)).isEmpty();
        assertThat(ClassOrder.doubt("none", List.of(), 10)).isEmpty();
    }
}

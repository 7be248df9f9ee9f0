package dev.assay.ui.shell.inspector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.Input;
import dev.assay.analysis.InputRole;
import dev.assay.analysis.InputSpec;
import dev.assay.analysis.Location;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InputMatchingTest {

    private static class File implements Input {
        private final String name;

        File(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Location location() {
            return Location.of(Path.of(name));
        }

        @Override
        public List<Path> files() {
            return List.of(Path.of(name));
        }

        @Override
        public String summary() {
            return "";
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    private static final class Net extends File {
        Net(String name) {
            super(name);
        }
    }

    private static final class Data extends File {
        Data(String name) {
            super(name);
        }
    }

    private static final InputSpec SPEC = InputSpec.of(
            InputRole.required("model", "Model", Net.class, ""),
            InputRole.required("train", "Training data", Data.class, ""),
            InputRole.optional("test", "Test data", Data.class, ""));

    private final Net net = new Net("net.onnx");
    private final Data train = new Data("train-images.gz");
    private final Data test = new Data("t10k-images.gz");
    private final Data other = new Data("images.gz");

    private static Map<String, List<Input>> fill(Map<String, List<Input>> chosen, Input... open) {
        return InputMatching.fill(SPEC, chosen, List.of(open));
    }

    @Test
    void rolesAreFilledByTypeAndName() {
        assertThat(fill(Map.of(), test, net, train))
                .containsExactly(
                        Map.entry("model", List.of(net)),
                        Map.entry("train", List.of(train)),
                        Map.entry("test", List.of(test)));
    }

    @Test
    void anOptionalRoleTakesOnlyWhatSaysSo() {
        assertThat(fill(Map.of(), net, train, other)).doesNotContainKey("test");
    }

    @Test
    void aRequiredRoleTakesWhatThereIs() {
        assertThat(fill(Map.of(), other)).containsEntry("train", List.of(other));
    }

    @Test
    void theFirstOpenedWinsAmongEquals() {
        assertThat(fill(Map.of(), other, new Data("pictures.gz"))).containsEntry("train", List.of(other));
    }

    @Test
    void whatTheUserChoseStays() {
        assertThat(fill(Map.of("train", List.of(test)), net, train, test))
                .containsEntry("train", List.of(test))
                .doesNotContainKey("test");
    }

    @Test
    void aRoleClearedByTheUserStaysEmpty() {
        assertThat(fill(Map.of("test", List.of()), net, train, test)).doesNotContainKey("test");
    }

    @Test
    void noInputIsUsedTwice() {
        assertThat(fill(Map.of(), net, test)).containsOnlyKeys("model", "test");
    }

    @Test
    void nothingOpenFillsNothing() {
        assertThat(fill(Map.of())).isEmpty();
    }

    @Test
    void whatGoesTogetherIsFoundAmongMuchThatIsOpen() {
        Net first = new Net("cifar.onnx");
        Data digits = new Data("digits.csv");
        List<Input> open = List.of(first, digits, net, other);
        Map<String, List<Input>> found = InputMatching.fillFitting(
                SPEC, Map.of(), open, inputs -> inputs.find("model", Net.class).orElse(null) == net
                        && inputs.find("train", Data.class).orElse(null) == other);

        assertThat(found).containsEntry("model", List.of(net)).containsEntry("train", List.of(other));
        assertThat(InputMatching.fillFitting(SPEC, Map.of(), open, inputs -> false))
                .isEqualTo(InputMatching.fill(SPEC, Map.of(), open));
        assertThat(InputMatching.fillFitting(SPEC, Map.of("model", List.of(first)), open, inputs -> false))
                .containsEntry("model", List.of(first));
    }
}

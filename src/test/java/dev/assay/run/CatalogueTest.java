package dev.assay.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Input;
import dev.assay.analysis.InputException;
import dev.assay.analysis.InputKind;
import dev.assay.analysis.InputRole;
import dev.assay.analysis.Location;
import dev.assay.run.fake.ScriptedAnalysis;
import dev.assay.run.fake.TextKind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogueTest {

    @TempDir
    Path folder;

    private final Catalogue catalogue = new Catalogue(
            List.of(
                    ScriptedAnalysis.of("nap-mining", (inputs, p, context) -> {}),
                    ScriptedAnalysis.of("complexity", (inputs, p, context) -> {})),
            List.of(new TextKind(), new PairKind()));

    /** A kind whose inputs are something else than texts. */
    private static final class PairKind implements InputKind {

        private interface Pair extends Input {}

        @Override
        public String id() {
            return "pair";
        }

        @Override
        public String title() {
            return "pair file";
        }

        @Override
        public Class<? extends Input> type() {
            return Pair.class;
        }

        @Override
        public List<String> extensions() {
            return List.of("pair");
        }

        @Override
        public boolean recognises(Location location) {
            return location.fileName().endsWith(".pair");
        }

        @Override
        public Input open(Location location) throws InputException {
            throw new InputException("the second half is missing", location.fileName(), "");
        }
    }

    private static InputRole texts() {
        return InputRole.required("text", "Text", TextKind.Text.class, "It is read");
    }

    @Test
    void analysesAreListedByFamilyAndTitle() {
        assertThat(catalogue.analyses()).extracting(a -> a.info().id()).containsExactly("complexity", "nap-mining");
    }

    @Test
    void anUnknownAnalysisIsAnsweredWithTheNearest() {
        assertThatThrownBy(() -> catalogue.analysis("napmining"))
                .isInstanceOf(AnalysisException.class)
                .hasMessage("there is no analysis 'napmining'; did you mean nap-mining?");
    }

    @Test
    void somethingFarFromEveryNameIsAnsweredWithTheList() {
        assertThatThrownBy(() -> catalogue.analysis("zzzzzzzzz")).hasMessageContaining("complexity, nap-mining");
    }

    @Test
    void aFileIsOpenedByTheKindThatKnowsIt() throws Exception {
        Path file = Files.writeString(folder.resolve("a.txt"), "x");
        try (Input input = catalogue.open(Location.of(file))) {
            assertThat(input).isInstanceOf(TextKind.Text.class);
        }
    }

    @Test
    void aFolderIsOpenedByTheKindThatKnowsIt() throws Exception {
        Files.writeString(folder.resolve("a.txt"), "x");
        try (Input input = catalogue.open(Location.of(folder))) {
            assertThat(input.files()).hasSize(1);
        }
    }

    @Test
    void whatNoKindKnowsIsRefusedWithTheListOfKinds() throws Exception {
        Path file = Files.writeString(folder.resolve("a.odd"), "x");
        assertThatThrownBy(() -> catalogue.open(Location.of(file)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a.odd")
                .hasMessageContaining("text file, pair file");
    }

    @Test
    void formatsThatPeopleOftenHaveAreToldTheWay() throws Exception {
        for (String[] known : new String[][] {
            {"net.h5", "tf2onnx"}, {"clf.pkl", "never unpickled"}, {"m.safetensors", "weights"}, {"t.xlsx", "CSV"}
        }) {
            Path file = Files.writeString(folder.resolve(known[0]), "x");
            assertThatThrownBy(() -> catalogue.open(Location.of(file)))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining(known[0])
                    .hasMessageContaining(known[1]);
        }
    }

    @Test
    void aFileThatIsNotWhatItsNameSaysIsCalledDamaged() throws Exception {
        Path file = Files.writeString(folder.resolve("cut.npz"), "x");
        assertThatThrownBy(() -> Catalogue.load().open(Location.of(file)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("the file's name says NPZ")
                .hasMessageContaining("damaged")
                .hasMessageNotContaining("TorchScript");
    }

    @Test
    void aDeviceIsNotWaitedFor() {
        Path device = Path.of("/dev/null");
        Assumptions.assumeTrue(Files.exists(device), "there is no /dev/null");
        assertThatThrownBy(() -> Catalogue.load().open(Location.of(device)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("a pipe or a device");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> catalogue.open(Location.of(folder.resolve("gone.txt"))))
                .hasMessageContaining("gone.txt")
                .hasMessageContaining("no such file");
    }

    @Test
    void aFileForTheWrongRoleIsToldWhatItIs() throws Exception {
        Path file = Files.writeString(folder.resolve("a.pair"), "x");
        assertThatThrownBy(() -> catalogue.open(Location.of(file), texts()))
                .hasMessageContaining("this is pair file, which the input 'text' does not take")
                .hasMessageContaining("takes text file");
    }

    @Test
    void anUnknownReadingOptionIsAnsweredWithTheNearest() throws Exception {
        Path file = Files.writeString(folder.resolve("a.txt"), "x");
        assertThatThrownBy(() -> catalogue.open(new Location(file, Map.of("labels", "last"))))
                .hasMessageContaining("no reading option 'labels'")
                .hasMessageContaining("did you mean label");
    }

    @Test
    void theProblemOfTheReaderIsPassedOn() throws Exception {
        Path file = Files.writeString(folder.resolve("a.pair"), "x");
        assertThatThrownBy(() -> catalogue.open(Location.of(file))).hasMessageContaining("second half is missing");
    }

    @Test
    void twoProvidersOfOneIdAreRefused() {
        assertThatThrownBy(() -> new Catalogue(List.of(), List.of(new TextKind(), new TextKind())))
                .hasMessageContaining("'text'");
    }

    @Test
    void everyProviderOfTheProgramLoads() {
        Catalogue program = Catalogue.load();
        assertThat(program.problems()).isEmpty();
        assertThat(program.kinds()).isNotEmpty();
    }
}

package dev.assay.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analyses.fidelity.RobustFidelity;
import dev.assay.analysis.Input;
import dev.assay.run.Catalogue;
import java.nio.file.Path;
import java.util.List;
import javafx.css.PseudoClass;
import javafx.scene.control.TitledPane;
import javafx.scene.input.Clipboard;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InspectorTest {

    private ShellDriver window;

    @BeforeAll
    void open(@TempDir Path folder) throws Exception {
        Catalogue real = Catalogue.load();
        window = new ShellDriver(
                folder,
                () -> new Catalogue(List.of(new StepAnalysis(), new UnfitAnalysis(), new RobustFidelity()),
                        real.kinds()),
                1440,
                900);
    }

    @BeforeEach
    void tidy() {
        window.tidy();
        window.choose("steps");
        window.press("#reset-parameters");
        window.type("#seed", "0");
        window.fx(() -> {
            ((TitledPane) window.node("#advanced-parameters")).setExpanded(false);
            return null;
        });
    }

    @AfterAll
    void close() throws Exception {
        window.close();
    }

    @Test
    void analysesAreCardsByFamilyWithTheirQuestions() throws Exception {
        window.press("#all-analyses");
        window.screenshot("gallery");
        assertThat(window.texts())
                .contains("Test instruments", "Step counting", "How many steps does it take?", "Recurrent networks");
    }

    @Test
    void aChosenInputIsNotPutIntoARoleOfTheSameNameThatTakesSomethingElse() {
        window.answers.next.add(TestData.sample().model().path());
        window.act("open");
        window.await("open", () -> window.shell().parts().open().items().getFirst().isReady());
        Input model = window.fx(() -> window.shell().parts().open().items().getFirst().input());
        window.choose("unfit");
        window.fx(() -> {
            window.shell().inspector().setInput("model", model);
            return null;
        });
        assertThat(window.fx(() -> window.shell().inspector().inputs().all("model", Input.class)))
                .containsExactly(model);
        window.choose(new RobustFidelity().info().id());
        window.settle();
        assertThat(window.fx(() -> window.shell().inspector().inputs().all("model", Input.class))).isEmpty();
        window.fx(() -> {
            window.shell().inspector().setInput("model", model);
            return null;
        });
        assertThat(window.fx(() -> window.shell().inspector().inputs().all("model", Input.class))).isEmpty();
    }

    @Test
    void anAnalysisThatDoesNotFitWhatIsOpenIsGreyedWithTheReason() throws Exception {
        window.press("#all-analyses");
        window.answers.next.add(TestData.sample().model().path());
        window.act("open");
        window.awaitText(UnfitAnalysis.REASON);
        boolean grey = window.fx(() -> window.node("#card-unfit")
                .getPseudoClassStates()
                .contains(PseudoClass.getPseudoClass("unfit")));
        assertThat(grey).isTrue();
        window.screenshot("gallery-unfit");
    }

    @Test
    void runningWhatDoesNotFitSaysWhyAndQueuesNothing() throws Exception {
        window.answers.next.add(TestData.sample().model().path());
        window.act("open");
        window.choose("unfit");
        window.awaitText(UnfitAnalysis.REASON);
        window.press("#run-button");
        assertThat(window.textOf("#run-message")).isEqualTo(UnfitAnalysis.REASON);
        assertThat(window.runs()).isEmpty();
    }

    @Test
    void aMissingInputIsAskedFor() throws Exception {
        window.choose("unfit");
        window.press("#run-button");
        assertThat(window.textOf("#run-message")).isEqualTo("Choose what to use as model");
        assertThat(window.runs()).isEmpty();
    }

    @Test
    void parametersAreTwoGroupsWithTheirUnits() throws Exception {
        window.screenshot("inspector");
        assertThat(window.texts()).contains("Number of steps n (steps)", "Gain g", "Order", "Advanced");
        assertThat(window.isShown("#param-failAt")).isFalse();
    }

    @Test
    void numbersAreUnderstoodWithExponentAndPoint() throws Exception {
        window.type("#param-gain", "1e-3");
        window.fx(() -> {
            window.shell().inspector().copyCommand();
            return null;
        });
        String command = window.fx(() -> Clipboard.getSystemClipboard().getString());
        assertThat(command).startsWith("assay run steps").contains("gain=1e-3");
    }

    @Test
    void aValueOutOfRangeIsToldUnderItsFieldWhenItIsLeft() throws Exception {
        window.type("#param-gain", "1.5");
        window.fx(() -> {
            window.node("#param-steps").requestFocus();
            return null;
        });
        window.settle();
        assertThat(window.textOf("#problem-gain")).contains("1.5 is out of range").contains("0 <= gain < 1");
        window.screenshot("form-problem");
        window.type("#param-gain", "0.25");
        assertThat(window.textOf("#problem-gain")).isEmpty();
    }

    @Test
    void runPointsAtWhatIsWrongInsteadOfStarting() throws Exception {
        window.type("#param-steps", "many");
        window.press("#run-button");
        assertThat(window.textOf("#run-message")).isEqualTo("Number of steps n: 'many' is not a whole number");
        String focused = window.fx(() -> window.stage().getScene().getFocusOwner().getId());
        assertThat(focused).isEqualTo("param-steps");
        assertThat(window.runs()).isEmpty();
    }

    @Test
    void aProblemAmongAdvancedParametersOpensTheirGroup() throws Exception {
        window.unfoldAdvanced(true);
        window.type("#param-failAt", "11");
        window.unfoldAdvanced(false);
        window.press("#run-button");
        assertThat(window.isShown("#problem-failAt")).isTrue();
        assertThat(window.textOf("#run-message")).isEqualTo("Fail at: there is no such step");
    }

    @Test
    void resetPutsTheDefaultsBack() throws Exception {
        window.type("#param-steps", "7");
        window.press("#reset-parameters");
        assertThat(window.textOf("#param-steps")).isEqualTo("10");
    }

    @Test
    void aWrongSeedIsTold() throws Exception {
        window.type("#seed", "x");
        window.press("#run-button");
        assertThat(window.textOf("#run-message")).isEqualTo("Seed: a whole number is needed");
    }

    @Test
    void helpShowsTheAnalysisPage() throws Exception {
        window.press("#analysis-help");
        window.awaitText("Counts ");
        window.screenshot("help");
        assertThat(window.texts()).contains("Nobody, 2026", "second with ", "the page");
    }

    @Test
    void choicesAreTickedAndStandInTheOrderInWhichTheyWere() throws Exception {
        window.choose("robust-fidelity");
        assertThat(window.textOf("#param-explainers")).isEqualTo("truth, random, occlusion");
        window.toggle("#param-explainers", "truth");
        window.toggle("#param-explainers", "gradient");
        window.toggle("#param-explainers", "truth");
        assertThat(window.textOf("#param-explainers")).isEqualTo("random, occlusion, gradient, truth");
        window.screenshot("choices");
        window.press("#reset-parameters");
        assertThat(window.textOf("#param-explainers")).isEqualTo("truth, random, occlusion");
        List.of("truth", "random", "occlusion").forEach(name -> window.toggle("#param-explainers", name));
        assertThat(window.textOf("#problem-explainers")).contains("at least one of truth, random");
        window.toggle("#param-explainers", "random");
        assertThat(window.isShown("#problem-explainers")).isFalse();
    }

    @Test
    void aWrongValueThatIsFoldedAwayGetsTheKeyboard() {
        window.unfoldAdvanced(true);
        window.type("#param-failAt", "many");
        window.unfoldAdvanced(false);
        window.press("#run-button");
        assertThat(window.textOf("#run-message")).startsWith("Fail at: ");
        assertThat(window.fx(() -> window.stage().getScene().getFocusOwner().getId())).isEqualTo("param-failAt");
    }

    @Test
    void aWrongSeedGetsTheKeyboard() {
        window.type("#seed", "lucky");
        window.press("#run-button");
        assertThat(window.fx(() -> window.stage().getScene().getFocusOwner().getId())).isEqualTo("seed");
    }
}

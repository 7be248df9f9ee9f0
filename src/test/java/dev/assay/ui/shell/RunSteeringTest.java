package dev.assay.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.run.Catalogue;
import dev.assay.run.RunState;
import dev.assay.run.RunView;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunSteeringTest {

    private final StepAnalysis steps = new StepAnalysis();
    private ShellDriver window;

    @BeforeAll
    void open(@TempDir Path folder) throws Exception {
        window = new ShellDriver(folder, () -> new Catalogue(List.of(steps), List.of()), 1280, 800);
    }

    @BeforeEach
    void tidy() {
        window.tidy();
        steps.forbid();
        window.choose("steps");
        window.press("#reset-parameters");
    }

    @AfterAll
    void close() throws Exception {
        window.close();
    }

    private RunView start() {
        window.press("#run-button");
        window.await("a run at work", () -> window.runs().stream().anyMatch(r -> r.state() == RunState.RUNNING));
        return window.fx(() -> window.runs().getFirst());
    }

    @Test
    void aRunShowsHowFarItIsAndEnds() throws Exception {
        RunView run = start();
        steps.allow(4);
        window.awaitText("4 / 10 steps");
        window.screenshot("run-live-1280x800");
        steps.allow(6);
        window.await("done", () -> run.state() == RunState.DONE);
        window.awaitText("Done in");
    }

    @Test
    void pauseHoldsARunAndPauseAgainLetsItGoOn() throws Exception {
        RunView run = start();
        window.act("pause");
        window.await("paused", () -> run.state() == RunState.PAUSED);
        window.awaitText("Paused");
        steps.allow(10);
        window.act("pause");
        window.await("done", () -> run.state() == RunState.DONE);
    }

    @Test
    void stopKeepsWhatWasFound() throws Exception {
        RunView run = start();
        steps.allow(3);
        window.awaitText("3 / 10 steps");
        window.act("stop");
        window.await("stopped", () -> run.state() == RunState.CANCELLED);
        window.awaitText("partial: 3 of 10 steps");
        assertThat(run.results()).extracting(r -> r.id()).contains("sum");
    }

    @Test
    void aFailedRunSaysWhatWhereAndHowToMend() throws Exception {
        window.unfoldAdvanced(true);
        window.type("#param-failAt", "2");
        RunView run = start();
        steps.allow(10);
        window.await("failed", () -> run.state() == RunState.FAILED);
        window.awaitText("step 2: the step cannot be done; choose another order.");
        // The places of figures that will not come are gone, and cover nothing.
        window.await("no figures", () -> window.node(".scalar-row").lookupAll(".figure").isEmpty());
        window.screenshot("run-failed");
    }

    @Test
    void runsWaitForTheirTurn() throws Exception {
        start();
        window.press("#run-button");
        window.awaitText("Waiting for its turn");
        window.awaitText("1 running, 1 waiting");
        steps.allow(20);
        window.await("both done", () -> window.runs().stream().allMatch(r -> r.state() == RunState.DONE));
    }

    @Test
    void closingTheWindowWhileARunWorksAsksFirst() throws Exception {
        start();
        window.act("quit");
        assertThat(window.texts()).contains("Quit Assay?", "One run has not ended.", "Stop and quit");
        assertThat(window.stage().isShowing()).isTrue();
        window.screenshot("confirm-quit");
    }

    @Test
    void theKeyboardStaysInADialogAndGoesBackWhenItCloses() {
        start();
        window.fx(() -> {
            window.node("#run-button").requestFocus();
            return null;
        });
        window.act("quit");
        for (int i = 0; i < 6; i++) {
            assertThat(window.fx(() -> within(window.stage().getScene().getFocusOwner(), "confirm-stop"))).isTrue();
            window.robot.push(KeyCode.TAB);
        }
        window.robot.push(KeyCode.ESCAPE);
        window.settle();
        assertThat(window.runs()).hasSize(1);
        assertThat(window.fx(() -> window.stage().getScene().getFocusOwner().getId())).isEqualTo("run-button");
    }

    @Test
    void aLowWindowScrollsATabAndDoesNotSquashIt() throws Exception {
        RunView run = start();
        steps.allow(10);
        window.await("done", () -> run.state() == RunState.DONE);
        resize(460);
        window.screenshot("run-done-low");
        Region board = (Region) window.node("#tabs .board");
        double height = window.fx(board::getHeight);
        resize(800);
        assertThat(height).isGreaterThan(200);
    }

    private void resize(double height) {
        window.fx(() -> {
            window.stage().setHeight(height);
            return null;
        });
        window.settle();
    }

    private static boolean within(Node node, String id) {
        return node != null && (id.equals(node.getId()) || within(node.getParent(), id));
    }
}

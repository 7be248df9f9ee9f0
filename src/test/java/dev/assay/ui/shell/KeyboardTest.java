package dev.assay.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.run.Catalogue;
import dev.assay.run.RunState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.event.Event;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.input.ContextMenuEvent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.stage.PopupWindow;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The window without a mouse. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyboardTest {

    private final StepAnalysis steps = new StepAnalysis();
    private ShellDriver window;

    @BeforeAll
    void open(@TempDir Path folder) throws Exception {
        window = new ShellDriver(folder, () -> new Catalogue(List.of(steps), List.of()), 1280, 800);
    }

    @BeforeEach
    void tidy() {
        window.tidy();
        window.choose("steps");
        steps.allow(10);
        window.press("#run-button");
        window.await("done", () -> window.runs().getFirst().state() == RunState.DONE);
    }

    @AfterAll
    void close() throws Exception {
        window.close();
    }

    private String panel() {
        return window.fx(() -> {
            for (Node n = window.stage().getScene().getFocusOwner(); n != null; n = n.getParent()) {
                if (n.getId() != null && List.of("browser", "tabs", "side", "queue", "log").contains(n.getId())) {
                    return n.getId();
                }
            }
            return "";
        });
    }

    @Test
    void f6GoesFromPanelToPanelAndBack() throws Exception {
        window.fx(() -> {
            window.node("#browser-tree").requestFocus();
            return null;
        });
        assertThat(reached("#browser-tree")).as("by no key").isFalse();
        List<String> there = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            window.act("next-panel");
            there.add(panel());
        }
        assertThat(there).containsExactly("tabs", "side", "queue", "log", "browser");
        assertThat(reached("#browser-tree")).isTrue();
        window.screenshot("focus-browser");
        window.act("previous-panel");
        assertThat(panel()).isEqualTo("log");
        assertThat(reached("#browser-tree")).isFalse();
        window.act("toggle-bottom");
        there.clear();
        for (int i = 0; i < 3; i++) {
            window.act("next-panel");
            there.add(panel());
        }
        assertThat(there).as("what is hidden is left out").containsExactlyInAnyOrder("browser", "tabs", "side");
        window.act("toggle-bottom");
    }

    private boolean reached(String query) {
        return window.node(query).getPseudoClassStates().contains(PseudoClass.getPseudoClass("reached"));
    }

    @Test
    void theMenuKeyShowsWhatCanBeDoneWithARow() {
        Node tree = window.node("#browser-tree");
        window.await("listed", () -> !window.shell().browser().runIds().isEmpty());
        window.fx(() -> {
            tree.requestFocus();
            window.shell().browser().select(List.of(window.shell().parts().runs().all().getFirst()));
            return null;
        });
        window.settle();
        window.fx(() -> {
            Event.fireEvent(tree, new ContextMenuEvent(
                    ContextMenuEvent.CONTEXT_MENU_REQUESTED, 10, 10, 10, 10, true, null));
            return null;
        });
        window.await("a menu", () -> Window.getWindows().stream().anyMatch(PopupWindow.class::isInstance));
        window.fx(() -> {
            Window.getWindows().stream().filter(PopupWindow.class::isInstance).toList().forEach(Window::hide);
            return null;
        });
    }

    @Test
    void deleteTakesTheSelectedRunsAwayAndUndoBringsThemBack() {
        Node tree = window.node("#browser-tree");
        window.await("listed", () -> !window.shell().browser().runIds().isEmpty());
        int before = window.fx(() -> window.shell().browser().runIds().size());
        window.fx(() -> {
            window.shell().browser().select(List.of(window.shell().parts().runs().all().getFirst()));
            Event.fireEvent(tree, new KeyEvent(
                    KeyEvent.KEY_PRESSED, "", "", KeyCode.DELETE, false, false, false, false));
            return null;
        });
        window.await("one less", () -> window.shell().browser().runIds().size() == before - 1);
        window.act("undo");
        window.await("back", () -> window.shell().browser().runIds().size() == before);
    }
}

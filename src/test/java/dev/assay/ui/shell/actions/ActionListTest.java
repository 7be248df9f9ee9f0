package dev.assay.ui.shell.actions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import javafx.beans.property.SimpleBooleanProperty;
import org.junit.jupiter.api.Test;

class ActionListTest {

    private final ActionList actions = new ActionList();

    @Test
    void twoActionsCannotShareAShortcut() {
        actions.add(UiAction.of("a", "File", 0, "A", "", "Ctrl+A", () -> {}));
        UiAction other = UiAction.of("b", "File", 0, "B", "", "Ctrl+A", () -> {});
        assertThatThrownBy(() -> actions.add(other)).hasMessageContaining("b and a share");
    }

    @Test
    void twoActionsCannotShareAnId() {
        actions.add(UiAction.of("a", "File", 0, "A", "", "", () -> {}));
        UiAction other = UiAction.of("a", "File", 0, "B", "", "", () -> {});
        assertThatThrownBy(() -> actions.add(other)).hasMessage("two actions are called a");
    }

    @Test
    void anActionThatCannotBeDoneDoesNothing() {
        AtomicInteger done = new AtomicInteger();
        SimpleBooleanProperty enabled = new SimpleBooleanProperty(false);
        UiAction action = UiAction.of("a", "File", 0, "A", "", "", enabled, done::incrementAndGet);
        action.fire();
        enabled.set(true);
        action.fire();
        assertThat(done).hasValue(1);
    }

    @Test
    void actionsKeepTheOrderOfTheirMenus() {
        actions.add(
                UiAction.of("a", "File", 0, "A", "", "", () -> {}),
                UiAction.of("b", "Run", 0, "B", "", "", () -> {}),
                UiAction.of("c", "File", 1, "C", "", "", () -> {}));
        assertThat(actions.byMenu().keySet()).containsExactly("File", "Run");
        assertThat(actions.byMenu().get("File")).extracting(UiAction::id).containsExactly("a", "c");
    }
}

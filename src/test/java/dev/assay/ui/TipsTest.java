package dev.assay.ui;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.application.Platform;
import javafx.event.Event;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.PickResult;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

class TipsTest {

    @BeforeAll
    static void toolkit() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    private static String tipAfterEntering(Label label) {
        return WaitForAsyncUtils.waitForAsyncFx(10_000, () -> {
            assertThat(Platform.isFxApplicationThread()).isTrue();
            Event.fireEvent(label, new MouseEvent(MouseEvent.MOUSE_ENTERED, 1, 1, 1, 1, null, 0, false, false, false,
                    false, false, false, false, false, false, false, new PickResult(label, 1, 1)));
            Tooltip tip = (Tooltip) label.getProperties().get("javafx.scene.control.Tooltip");
            return tip == null ? null : tip.getText();
        });
    }

    @Test
    void aTooltipIsMadeWhenTheMouseEnters() {
        Label label = new Label();
        Tips.on(label, "why");
        assertThat(label.getProperties()).doesNotContainKey("javafx.scene.control.Tooltip");
        assertThat(tipAfterEntering(label)).isEqualTo("why");
    }

    @Test
    void itSaysWhatHoldsAtThatMoment() {
        Label label = new Label();
        Tips.on(label, label::getText);
        assertThat(tipAfterEntering(label)).isNull();
        label.setText("now");
        assertThat(tipAfterEntering(label)).isEqualTo("now");
        label.setText("");
        assertThat(tipAfterEntering(label)).isNull();
    }

    @Test
    void aLaterTextTakesTheEarlierOnesPlace() {
        Label label = new Label();
        Tips.on(label, "one");
        Tips.on(label, "two");
        assertThat(tipAfterEntering(label)).isEqualTo("two");
    }
}

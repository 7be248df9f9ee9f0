package dev.assay.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.assay.run.Catalogue;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.SplitPane;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PanelsTest {

    @TempDir
    Path folder;

    private static Region panel(ShellDriver window, String pane, int index) {
        return (Region) ((SplitPane) window.node(pane)).getItems().get(index);
    }

    @Test
    void theOuterPanelsKeepTheirSizesWhenTheWindowGetsItsSizeInSteps() throws Exception {
        try (ShellDriver window = new ShellDriver(
                folder, () -> new Catalogue(List.of(), List.of()), 1440, 900)) {
            double queue = window.fx(() -> panel(window, "#rows", 1).getHeight());
            double inspector = window.fx(() -> panel(window, "#columns", 2).getWidth());
            assertThat(queue).isBetween(120.0, 220.0);
            for (double[] size : new double[][] {{970, 620}, {1900, 1060}, {1440, 900}}) {
                window.fx(() -> {
                    window.stage().setWidth(size[0]);
                    window.stage().setHeight(size[1]);
                    return null;
                });
                window.settle();
            }
            assertThat(window.fx(() -> panel(window, "#rows", 1).getHeight())).isCloseTo(queue, within(3.0));
            assertThat(window.fx(() -> panel(window, "#columns", 2).getWidth())).isCloseTo(inspector, within(3.0));
        }
    }

    @Test
    void theScaleIsAWholeNumberOfPercent() {
        assertThat(WindowStart.scaleOption(1.5)).isEqualTo("150%");
        assertThat(WindowStart.scaleOption(1.1)).isEqualTo("110%");
    }
}

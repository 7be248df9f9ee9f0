package dev.assay.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analyses.complexity.FeatureComplexity;
import dev.assay.analyses.nap.NapMining;
import dev.assay.analyses.snr.SnrMetricLearning;
import dev.assay.analysis.Location;
import dev.assay.run.Catalogue;
import java.nio.file.Path;
import java.util.List;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ScrollPane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuggestionsTest {

    private static final Path MODEL = Path.of("sample-data", "models", "digits-784-256x4-10.onnx");

    @TempDir
    private Path folder;

    private ShellDriver window;

    @Test
    void layersOfTheOpenNetworkAreOffered() throws Exception {
        try (ShellDriver opened = new ShellDriver(
                folder,
                () -> new Catalogue(
                        List.of(new SnrMetricLearning(), new NapMining(), new FeatureComplexity()),
                        Catalogue.load().kinds()),
                1280, 800)) {
            window = opened;
            window.choose("snr-metric-learning");
            assertThat(offered("layer")).as("before a network is open").isEmpty();
            window.fx(() -> {
                window.shell().open(Location.of(MODEL));
                return null;
            });
            window.await("open", () -> window.shell().parts().open().items().stream().anyMatch(i -> i.isReady()));
            window.fx(() -> {
                window.shell().inspector().setInput("model", window.shell().parts().open().items().getFirst().input());
                return null;
            });
            window.await("its layers", () -> offered("layer").size() > 4);
            String layer = offered("layer").get(2);
            window.fx(() -> {
                field("layer").show();
                field("layer").getSelectionModel().select(layer);
                field("layer").hide();
                return null;
            });
            assertThat(text("layer")).isEqualTo(layer);
            window.fx(() -> {
                ((ScrollPane) window.node("#inspector > .scroll-pane")).setVvalue(0.6);
                return null;
            });
            window.screenshot("suggestions");
            window.press("#reset-parameters");
            assertThat(text("layer")).isEmpty();
            window.fx(() -> {
                field("layer").getEditor().setText("my own");
                return null;
            });
            assertThat(value("layer")).isEqualTo("my own");
            window.fx(() -> {
                field("layer").getSelectionModel().select(layer);
                return null;
            });
            assertThat(value("layer")).isEqualTo(layer);
            window.choose("nap-mining");
            window.await("numbers", () -> offered("layers").equals(List.of("all", "1", "2", "3", "4")));
            assertThat(text("layers")).isEqualTo("all");
            window.choose("feature-complexity");
            window.await("groups", () -> offered("layers").size() == 5 && offered("layers").contains("all"));
        }
    }

    @SuppressWarnings("unchecked")
    private ComboBox<String> field(String parameter) {
        return (ComboBox<String>) window.node("#param-" + parameter);
    }

    /** Comes to the field and looks at what it offers. */
    private List<String> offered(String parameter) {
        return window.fx(() -> {
            window.node("#seed").requestFocus();
            field(parameter).requestFocus();
            return List.copyOf(field(parameter).getItems());
        });
    }

    private String text(String parameter) {
        return window.fx(() -> field(parameter).getEditor().getText());
    }

    private String value(String parameter) {
        return window.fx(() -> field(parameter).getValue());
    }
}

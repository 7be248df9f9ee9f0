package dev.assay.ui.tabs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.Input;
import dev.assay.analysis.Location;
import dev.assay.chart.ChartTheme;
import dev.assay.model.Model;
import dev.assay.ui.view.Look;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleConsumer;
import java.util.function.LongConsumer;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.StackPane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;
import org.testfx.framework.junit5.Start;

/** What is chosen about samples stays what it says while networks come and go. */
@ExtendWith(ApplicationExtension.class)
class SampleBarTest {

    private final FakeWorkbench workbench = new FakeWorkbench();
    private final List<Input> networks = new ArrayList<>();
    private final List<Throwable> problems = new ArrayList<>();
    private SampleBar bar;
    private Scene scene;
    private SampleBar.Choice choice;

    /** Four samples of which every network says the class that is in its folder's name. */
    private final class Four implements Samples {

        @Override
        public String noun() {
            return "sample";
        }

        @Override
        public String nouns() {
            return "samples";
        }

        @Override
        public long size() {
            return 4;
        }

        @Override
        public List<String> classes() {
            return List.of("cat", "dog");
        }

        @Override
        public Location location() {
            return Location.of(Path.of("/data/four"));
        }

        @Override
        public int[] labels(LongConsumer onProgress, BooleanSupplier cancelled) {
            return new int[] {0, 0, 0, 1};
        }

        @Override
        public List<Input> networks(List<Input> opened) {
            return List.copyOf(networks);
        }

        @Override
        public Predictions predict(Input network, LongConsumer onProgress, BooleanSupplier cancelled) {
            if (network.location().path().toString().contains("slow")) {
                while (!cancelled.getAsBoolean()) {
                    Thread.onSpinWait();
                }
                throw new CancellationException();
            }
            int[] said = new int[4];
            Arrays.fill(said, network.location().path().toString().contains("dog") ? 1 : 0);
            return new Predictions(network.name(), said, new float[] {0.4f, 0.3f, 0.2f, 0.1f}, new int[] {0, 0, 0, 1});
        }

        @Override
        public float[] scores(Input network, long index) {
            return new float[2];
        }

        @Override
        public String nearness() {
            return "";
        }

        @Override
        public List<Nearest.Neighbour> nearest(
                long index, DoubleConsumer onProgress, BooleanSupplier cancelled) {
            return List.of();
        }

        @Override
        public Shown look(long index, ChartTheme theme) {
            throw new UnsupportedOperationException("nobody looks");
        }
    }

    private static Model network(String path) {
        Location location = Location.of(Path.of(path));
        return (Model) Proxy.newProxyInstance(
                Model.class.getClassLoader(), new Class<?>[] {Model.class},
                (self, method, args) -> switch (method.getName()) {
                    case "name" -> location.fileName();
                    case "location" -> location;
                    case "equals" -> self == args[0];
                    case "hashCode" -> System.identityHashCode(self);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @Start
    void start(Stage stage) {
        bar = new SampleBar(workbench, new Four(), "", c -> choice = c, problems::add);
        scene = Look.show(stage, new StackPane(bar), 900, 200, ChartTheme.LIGHT);
    }

    @BeforeEach
    void built() {
        Look.built(scene);
    }

    @AfterEach
    void close(FxRobot robot) {
        robot.interact(bar::close);
        assertThat(problems).isEmpty();
    }

    private ComboBox<?> box(String id) {
        return (ComboBox<?>) bar.lookup("#" + id);
    }

    private void open(FxRobot robot, String id, int item) {
        robot.interact(() -> {
            box(id).show();
            box(id).hide();
            box(id).getSelectionModel().select(item);
        });
    }

    private void until(int... samples) {
        Look.until(() -> choice != null && Arrays.equals(choice.samples(), samples));
    }

    private void filter(FxRobot robot, String text) {
        robot.interact(() -> ((TextInputControl) bar.lookup("#sample-filter")).setText(text));
    }

    @Test
    void twoNetworksOfOneNameAreToldApart(FxRobot robot) {
        networks.addAll(List.of(network("/cat/net.onnx"), network("/dog/net.onnx")));
        filter(robot, "correct = yes");
        Look.until(() -> ((Node) bar.lookup("#sample-filter")).getPseudoClassStates().toString().contains("error"));
        open(robot, "model-filter", 1);
        until(0, 1, 2);
        open(robot, "model-filter", 2);
        until(3);
    }

    @Test
    void theNetworkThatIsChosenIsStillNamedWhenAnotherOneComesBeforeIt(FxRobot robot) {
        networks.add(network("/dog/dog.onnx"));
        open(robot, "model-filter", 1);
        until(0, 1, 2, 3);
        networks.addFirst(network("/cat/cat.onnx"));
        robot.interact(() -> {
            box("model-filter").show();
            box("model-filter").hide();
        });
        assertThat(String.valueOf(box("model-filter").getValue())).contains("dog.onnx");
        filter(robot, "correct = yes");
        until(3);
        networks.removeLast();
        robot.interact(() -> box("model-filter").show());
        Look.until(() -> ((Node) bar.lookup("#sample-filter")).getPseudoClassStates().toString().contains("error"));
    }

    @Test
    void theOrderThatIsChosenIsStillNamedWhenThereAreMoreColumns(FxRobot robot) {
        networks.add(network("/dog/net.onnx"));
        open(robot, "model-filter", 1);
        until(0, 1, 2, 3);
        Look.until(() -> box("order").getItems().size() > 3);
        int confidence = box("order").getItems().size() - 1;
        String name = String.valueOf(box("order").getItems().get(confidence));
        open(robot, "order", confidence);
        open(robot, "model-filter", 0);
        Look.until(() -> box("order").getItems().stream().noneMatch(name::equals));
        assertThat(box("order").getSelectionModel().getSelectedIndex()).isZero();
    }

    @Test
    void predictionsThatNobodyWaitsForEndAndSayNothingMore(FxRobot robot) {
        networks.addAll(List.of(network("/slow/net.onnx"), network("/dog/net.onnx")));
        open(robot, "model-filter", 1);
        Node progress = bar.lookup(".progress-bar");
        assertThat(progress.isVisible()).isTrue();
        open(robot, "model-filter", 0);
        assertThat(progress.isVisible()).as("nothing is wished for").isFalse();
        filter(robot, "correct = yes");
        open(robot, "model-filter", 2);
        until(3);
    }
}

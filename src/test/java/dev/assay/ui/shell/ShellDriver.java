package dev.assay.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.run.Catalogue;
import dev.assay.run.Run;
import dev.assay.run.RunControl;
import dev.assay.run.RunView;
import dev.assay.ui.shell.frame.Choosers;
import dev.assay.ui.shell.jobs.PulseMonitor;
import dev.assay.ui.shell.prefs.WindowPrefs;
import dev.assay.ui.view.Stages;
import dev.assay.workspace.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.CheckBox;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.Labeled;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.TitledPane;
import javafx.scene.image.WritableImage;
import javafx.scene.text.Text;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.testfx.api.FxRobot;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

/** Starts the real window on JavaFX's headless platform and acts on it as a person would. */
final class ShellDriver implements AutoCloseable {

    /** Among the arguments: the program has never been started before. */
    static final String FIRST_START = "first-start";

    /** Among the arguments: the workspace is the one that was open last. */
    static final String LAST_WORKSPACE = "last-workspace";

    private static final int PATIENCE_SECONDS = 120;

    final FxRobot robot = new FxRobot();
    final Answers answers = new Answers();
    final List<String> shownDocuments = new ArrayList<>();
    private final AssayWindow window;
    private final Stage stage;

    /** File dialogs that are answered beforehand. */
    static final class Answers implements Choosers {

        final Deque<Path> next = new ArrayDeque<>();

        @Override
        public List<Path> openFiles(String title, Optional<Path> folder, List<ExtensionFilter> filters) {
            return next.isEmpty() ? List.of() : List.of(next.remove());
        }

        @Override
        public Optional<Path> folder(String title, Optional<Path> folder) {
            return Optional.ofNullable(next.poll());
        }

        @Override
        public Optional<Path> save(String title, String suggestedName, ExtensionFilter filter) {
            return Optional.ofNullable(next.poll());
        }
    }

    /**
     * Opens the window.
     *
     * @param folder for settings and the workspace
     * @param arguments as on the command line
     */
    ShellDriver(Path folder, Supplier<Catalogue> catalogue, double width, double height, String... arguments)
            throws Exception {
        this(List.of(arguments), folder, catalogue, width, height);
        await("workspace open", () -> window.shell().session().readyProperty().get());
        settle();
    }

    /** As above, without waiting for a workspace. */
    static ShellDriver whileStarting(
            Path folder, Supplier<Catalogue> catalogue, double width, double height, String... arguments)
            throws Exception {
        return new ShellDriver(List.of(arguments), folder, catalogue, width, height);
    }

    private ShellDriver(
            List<String> arguments, Path folder, Supplier<Catalogue> catalogue, double width, double height)
            throws Exception {
        stage = FxToolkit.registerPrimaryStage();
        List<String> all = new ArrayList<>(arguments);
        if (all.stream().noneMatch(a -> a.startsWith("--workspace=") || a.equals(LAST_WORKSPACE))) {
            all.add("--workspace=" + folder.resolve("workspace"));
        }
        List<String> words =
                all.stream().filter(a -> !a.equals(FIRST_START) && !a.equals(LAST_WORKSPACE)).toList();
        LaunchOptions options = LaunchOptions.parse(words);
        SettingsFile settings = SettingsFile.load(folder.resolve("settings.json"));
        if (all.stream().noneMatch(FIRST_START::equals)) {
            new WindowPrefs(settings).setStartedBefore();
        }
        window = new AssayWindow(s -> new WindowConfig(options, settings, catalogue, answers, shownDocuments::add, s));
        FxToolkit.setupApplication(() -> window);
        ignoreTheEdgeOfTheScreen();
        fx(() -> {
            stage.setMaximized(false);
            stage.setX(0);
            stage.setY(0);
            stage.setWidth(width);
            stage.setHeight(height);
            return null;
        });
    }

    /** The headless screen is 1000 x 1000; what lies beyond its end fails to be painted, which is no fault of the window. */
    private static void ignoreTheEdgeOfTheScreen() {
        Thread.UncaughtExceptionHandler handler = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, problem) -> {
            boolean painting = Arrays.stream(problem.getStackTrace())
                    .anyMatch(f -> f.getClassName().equals("com.sun.glass.ui.headless.HeadlessWindow"));
            if (!painting) {
                handler.uncaughtException(thread, problem);
            }
        });
    }

    Shell shell() {
        return window.shell();
    }

    PulseMonitor pulses() {
        return shell().pulses();
    }

    Stage stage() {
        return stage;
    }

    /** Does something on the JavaFX thread and hands its value back. */
    <T> T fx(Callable<T> work) {
        return WaitForAsyncUtils.waitForAsyncFx(PATIENCE_SECONDS * 1000L, work);
    }

    /** Waits until something holds on the JavaFX thread. */
    void await(String what, Callable<Boolean> condition) {
        try {
            WaitForAsyncUtils.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS, () -> fx(() -> holds(condition)));
        } catch (TimeoutException e) {
            throw new AssertionError("waited in vain for: " + what + "\nshown:\n" + texts(), e);
        }
    }

    /** What looks for a node that is not there yet does not hold yet. */
    private static boolean holds(Callable<Boolean> condition) throws Exception {
        try {
            return condition.call();
        } catch (AssertionError e) {
            return false;
        }
    }

    /** Waits until all that was asked of the JavaFX thread is done and painted. */
    void settle() {
        WaitForAsyncUtils.waitForFxEvents(6);
        long before = pulses().pulses();
        // What is built in steps takes a pulse for each.
        await("some pulses", () -> pulses().pulses() < before || pulses().pulses() >= before + 5);
        await("all is built", () -> !Stages.isBuilding(stage.getScene()));
        WaitForAsyncUtils.waitForFxEvents(2);
    }

    /** Does an action as its menu entry does. */
    void act(String id) {
        fx(() -> {
            shell().parts().actions().get(id).fire();
            return null;
        });
        settle();
    }

    /** Puts the window back to how a test expects it: no dialog, no strips, no runs at work, nothing open. */
    void tidy() {
        fx(() -> {
            shell().parts().overlay().hideNow();
            shell().parts().notices().clear();
            shell().session().active().forEach(r -> ((RunControl) r).cancel());
            shell().tabs().closeAll();
            List.copyOf(shell().parts().open().items()).forEach(shell().files()::close);
            return null;
        });
        await("all runs ended", () -> shell().session().active().isEmpty());
        fx(() -> {
            shell().parts().runs().session().forEach(r -> shell().session().backend().queue().remove((Run) r));
            return null;
        });
        await("an empty queue", () -> shell().parts().runs().session().isEmpty());
        settle();
    }

    /** The node of an id or style class. */
    Node node(String query) {
        Set<Node> found = fx(() -> stage.getScene().getRoot().lookupAll(query));
        assertThat(found).as(query).isNotEmpty();
        return found.iterator().next();
    }

    boolean isShown(String query) {
        return fx(() -> stage.getScene().getRoot().lookupAll(query).stream().anyMatch(ShellDriver::visible));
    }

    private static boolean visible(Node node) {
        for (Node n = node; n != null; n = n.getParent()) {
            if (!n.isVisible()) {
                return false;
            }
        }
        return true;
    }

    /** Presses a button. */
    void press(String query) {
        Node node = node(query);
        fx(() -> {
            ((ButtonBase) node).fire();
            return null;
        });
        settle();
    }

    /** Puts text into a field as typing does. */
    void type(String query, String text) {
        TextInputControl field = (TextInputControl) node(query);
        fx(() -> {
            field.requestFocus();
            field.setText(text);
            return null;
        });
        settle();
    }

    /** Ticks these of a list of choices, in this order, and no others. */
    void tick(String query, List<String> choices) {
        fx(() -> {
            choices(query).forEach((name, item) -> {
                if (((CheckBox) item.getContent()).isSelected()) {
                    item.fire();
                }
            });
            return null;
        });
        choices.forEach(choice -> toggle(query, choice));
        settle();
    }

    /** Ticks one of a list of choices, or takes the tick off. */
    void toggle(String query, String choice) {
        fx(() -> {
            choices(query).get(choice).fire();
            return null;
        });
    }

    private Map<String, CustomMenuItem> choices(String query) {
        Map<String, CustomMenuItem> items = new LinkedHashMap<>();
        for (MenuItem item : ((MenuButton) node(query)).getItems()) {
            CustomMenuItem row = (CustomMenuItem) item;
            items.put(((CheckBox) row.getContent()).getText(), row);
        }
        return items;
    }

    /** Folds the advanced parameters out or in. */
    void unfoldAdvanced(boolean open) {
        TitledPane group = (TitledPane) node("#advanced-parameters");
        fx(() -> {
            group.setExpanded(open);
            return null;
        });
        settle();
    }

    /** Chooses an analysis in the inspector. */
    void choose(String analysis) {
        fx(() -> {
            shell().inspector().choose(analysis);
            return null;
        });
        settle();
    }

    /** The runs of this session, newest first. */
    List<RunView> runs() {
        return fx(() -> List.copyOf(shell().parts().runs().session()));
    }

    /** The text of a label, button or field. */
    String textOf(String query) {
        Node node = node(query);
        return fx(() -> node instanceof Labeled labeled ? labeled.getText() : ((TextInputControl) node).getText());
    }

    /** All texts that can be read in the window. */
    String texts() {
        return fx(() -> {
            StringBuilder all = new StringBuilder();
            for (Node node : stage.getScene().getRoot().lookupAll("*")) {
                if (!visible(node)) {
                    continue;
                }
                if (node instanceof Labeled labeled && labeled.getText() != null) {
                    all.append(labeled.getText()).append('\n');
                } else if (node instanceof TextInputControl input) {
                    all.append(input.getText()).append('\n');
                } else if (node instanceof Text text && !(node.getParent() instanceof Labeled)) {
                    all.append(text.getText()).append('\n');
                }
            }
            return all.toString();
        });
    }

    /** Waits until a text can be read. */
    void awaitText(String text) {
        await("\u201c" + text + "\u201d", () -> texts().contains(text));
    }

    /** Waits until the tabs look the same for a while: charts are painted in the background. */
    void atRest() {
        int[] state = {0, 0};
        await("the tabs at rest", () -> {
            int now = SampleTour.hash(shell().tabs().snapshot(null, null));
            boolean drawn = SampleTour.chartsAreDrawn(stage.getScene().getRoot());
            state[1] = drawn && now == state[0] ? state[1] + 1 : 0;
            state[0] = now;
            return state[1] >= 5;
        });
    }

    /** Saves a picture of the window under target/screenshots. */
    Path screenshot(String name) throws IOException {
        settle();
        WritableImage image = fx(() -> stage.getScene().snapshot(null));
        Path file = Path.of("target", "screenshots", name + ".png");
        Files.createDirectories(file.getParent());
        ImageIO.write(SwingFXUtils.fromFXImage(image, null), "png", file.toFile());
        return file;
    }

    @Override
    public void close() throws Exception {
        FxToolkit.cleanupApplication(window);
        FxToolkit.cleanupStages();
        // What the next window reads is written by then.
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("assay-closing")) {
                thread.join(PATIENCE_SECONDS * 1000L);
            }
        }
    }
}

package dev.assay.ui.shell;

import dev.assay.analysis.InputException;
import dev.assay.run.Catalogue;
import dev.assay.ui.shell.frame.SystemChoosers;
import dev.assay.ui.shell.prefs.WindowPrefs;
import dev.assay.ui.shell.theme.ThemeManager;
import dev.assay.workspace.Settings;
import dev.assay.workspace.SettingsFile;
import dev.assay.workspace.UserFolders;
import java.lang.management.ManagementFactory;
import java.util.Objects;
import java.util.function.Function;
import javafx.animation.AnimationTimer;
import javafx.application.Application;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.image.Image;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The window; {@link WindowStart} leads to it. It is shown empty and at once; analyses, devices and the workspace are looked for afterwards in the
 * background, and engines are loaded when they are first needed.
 */
public final class AssayWindow extends Application {

    private static final Logger LOG = LoggerFactory.getLogger(AssayWindow.class);
    private static final double LEAST_WIDTH = 960;
    private static final double LEAST_HEIGHT = 600;
    private static final double TOP_WIDTH = 120;
    private static final double TOP_HEIGHT = 24;

    private final Function<Stage, WindowConfig> configuration;
    private Shell shell;

    /** Made by JavaFX; takes its arguments from the launch. */
    public AssayWindow() {
        this.configuration = null;
    }

    /** Made by tests and the tour, with their own surroundings. */
    AssayWindow(Function<Stage, WindowConfig> configuration) {
        this.configuration = configuration;
    }

    @Override
    public void start(Stage stage) {
        try {
            show(stage);
        } catch (RuntimeException | LinkageError | InputException e) { // there is no window yet that could tell
            LOG.error("the window could not be opened", e);
            StartProblem.show(stage, e);
        }
    }

    private void show(Stage stage) throws InputException {
        WindowConfig config = configuration != null ? configuration.apply(stage) : ownConfig(stage);
        WindowPrefs prefs = new WindowPrefs(config.settings());
        ThemeManager themes = new ThemeManager();
        themes.choiceProperty().set(prefs.theme());
        shell = new Shell(config, themes, prefs);
        Uncaught.install(shell);
        Scene scene = new Scene(shell.root());
        themes.style(scene);
        stage.setScene(scene);
        stage.setTitle("Assay");
        for (int size : new int[] {16, 32, 64, 128, 256}) {
            stage.getIcons()
                    .add(new Image(Objects.requireNonNull(
                            AssayWindow.class.getResourceAsStream("icon-" + size + ".png"), "icon")));
        }
        place(stage, prefs);
        stage.setOnCloseRequest(e -> {
            e.consume();
            shell.quit();
        });
        stage.setOnHiding(e -> rememberPlace(stage, prefs));
        stage.show();
        logFirstPulse();
        shell.start(config.options(), () -> LOG.debug("analyses, devices and workspace are there"));
    }

    private WindowConfig ownConfig(Stage stage) throws InputException {
        return new WindowConfig(
                LaunchOptions.parse(getParameters().getRaw()),
                SettingsFile.load(),
                () -> Catalogue.load(UserFolders.find().plugins()),
                new SystemChoosers(() -> stage),
                getHostServices()::showDocument,
                stage);
    }

    private static void place(Stage stage, WindowPrefs prefs) {
        Rectangle2D screen = Screen.getPrimary().getVisualBounds();
        stage.setMinWidth(Math.min(LEAST_WIDTH, screen.getWidth()));
        stage.setMinHeight(Math.min(LEAST_HEIGHT, screen.getHeight()));
        Settings.Window before = prefs.window().orElse(null);
        boolean visible = before != null
                && Screen.getScreens().stream().anyMatch(s -> holdsTop(s.getVisualBounds(), before));
        if (visible) {
            stage.setX(before.x());
            stage.setY(before.y());
            stage.setWidth(before.width());
            stage.setHeight(before.height());
            stage.setMaximized(before.maximised());
        } else {
            stage.setWidth(Math.min(1440, screen.getWidth()));
            stage.setHeight(Math.min(900, screen.getHeight()));
        }
    }

    /** Whether enough of a window's top is on a screen to take hold of it. */
    private static boolean holdsTop(Rectangle2D screen, Settings.Window window) {
        double width = Math.min(window.x() + window.width(), screen.getMaxX()) - Math.max(window.x(), screen.getMinX());
        return width >= TOP_WIDTH && window.y() >= screen.getMinY() - TOP_HEIGHT
                && window.y() + TOP_HEIGHT <= screen.getMaxY();
    }

    private static void rememberPlace(Stage stage, WindowPrefs prefs) {
        Settings.Window before = prefs.window().orElse(null);
        // A window that fills the screen keeps the place it goes back to.
        prefs.setWindow(
                (stage.isMaximized() || stage.isFullScreen()) && before != null
                        ? new Settings.Window(
                                before.x(), before.y(), before.width(), before.height(), stage.isMaximized())
                        : new Settings.Window(
                                stage.getX(), stage.getY(), stage.getWidth(), stage.getHeight(), stage.isMaximized()));
    }

    private static void logFirstPulse() {
        new AnimationTimer() {
            private int pulses;

            @Override
            public void handle(long now) {
                // The first pulse lays out and paints; at the second one the window has been seen.
                if (++pulses == 2) {
                    long started = ManagementFactory.getRuntimeMXBean().getStartTime();
                    LOG.debug("window shown {} ms after the start", System.currentTimeMillis() - started);
                    stop();
                }
            }
        }.start();
    }

    @Override
    public void stop() {
        if (shell != null) {
            shell.shutdown();
        }
    }

    /** The window's parts, for tests and the tour. */
    Shell shell() {
        return shell;
    }
}

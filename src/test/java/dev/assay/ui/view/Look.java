package dev.assay.ui.view;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import dev.assay.chart.ChartTheme;
import dev.assay.ui.chart.ResultChart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javafx.application.Application;
import javafx.embed.swing.SwingFXUtils;
import javafx.event.Event;
import javafx.event.EventType;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.text.Font;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.testfx.util.WaitForAsyncUtils;

/** Shows a tab as the window would, and takes its picture. */
public final class Look {

    private static final int PATIENCE_SECONDS = 60;

    private Look() {}

    /** A scene of that size in that theme. Call on the JavaFX thread. */
    public static Scene show(Stage stage, Parent root, double width, double height, ChartTheme theme) {
        theme(theme);
        for (String font : new String[] {"AssayInter-Regular", "AssayInter-SemiBold"}) {
            Font.loadFont(
                    Look.class
                            .getResource("/dev/assay/chart/fonts/" + font + ".ttf")
                            .toExternalForm(),
                    13);
        }
        Scene scene = new Scene(root, width, height);
        for (String sheet : new String[] {"/dev/assay/ui/shell/assay.css", "/dev/assay/ui/tabs.css"}) {
            var url = Look.class.getResource(sheet);
            if (url != null) {
                scene.getStylesheets().add(url.toExternalForm());
            }
        }
        stage.setScene(scene);
        stage.setX(0);
        stage.setY(0);
        stage.show();
        stage.setWidth(width);
        stage.setHeight(height);
        return scene;
    }

    /** Sets the theme of the whole application. */
    public static void theme(ChartTheme theme) {
        Application.setUserAgentStylesheet(
                theme == ChartTheme.LIGHT
                        ? new PrimerLight().getUserAgentStylesheet()
                        : new PrimerDark().getUserAgentStylesheet());
    }

    /** Waits until something holds on the JavaFX thread. */
    public static void until(BooleanSupplier condition) {
        try {
            WaitForAsyncUtils.waitFor(
                    PATIENCE_SECONDS, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition::getAsBoolean).get());
        } catch (TimeoutException e) {
            throw new AssertionError("it did not come about in time", e);
        }
    }

    /** Waits until everything that is built in steps is there. */
    public static void built(Scene scene) {
        until(() -> !Stages.isBuilding(scene));
    }

    /** Saves the scene under {@code target/screenshots}. Call on the test's thread. */
    public static void picture(Scene scene, String name) {
        built(scene);
        until(() -> scene.getRoot().lookupAll("*").stream()
                .filter(ResultChart.class::isInstance)
                .map(ResultChart.class::cast)
                .allMatch(ResultChart::isUpToDate));
        WaitForAsyncUtils.waitForFxEvents();
        var image = WaitForAsyncUtils.waitForAsyncFx(20_000, () -> scene.snapshot(null));
        Path file = Path.of("target", "screenshots", name + ".png");
        try {
            Files.createDirectories(file.getParent());
            ImageIO.write(SwingFXUtils.fromFXImage(image, null), "png", file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Clicks a table's column header. Done with events of our own: the headless platform's robot marks every press as a
     * popup trigger, which headers do not take for a click.
     */
    public static void clickHeader(Scene scene, String column) {
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> {
            Node header = scene.getRoot().lookup("#" + column + ".column-header");
            for (EventType<MouseEvent> type : List.of(MouseEvent.MOUSE_PRESSED, MouseEvent.MOUSE_RELEASED)) {
                Event.fireEvent(
                        header,
                        new MouseEvent(
                                type, 5, 5, 5, 5, MouseButton.PRIMARY, 1, false, false, false, false, true, false,
                                false, false, false, true, null));
            }
            return null;
        });
    }
}

package dev.assay.ui.chart;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import dev.assay.analysis.result.Result;
import dev.assay.chart.ChartTheme;
import dev.assay.chart.Hit;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javafx.application.Application;
import javafx.embed.swing.SwingFXUtils;
import javafx.geometry.Point2D;
import javafx.scene.Scene;
import javafx.scene.layout.StackPane;
import javafx.scene.text.Font;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/** A window with one chart in it. */
final class ChartHarness {

    private final FxRobot robot;
    private final Stage stage;
    private final StackPane root = new StackPane();
    private ResultChart chart;

    ChartHarness(FxRobot robot, Stage stage) {
        this.robot = robot;
        this.stage = stage;
    }

    /** Opens a window of that size and shows the result in it. */
    ResultChart show(Result result, ChartTheme theme, double width, double height) {
        robot.interact(() -> {
            load("AssayInter-Regular.ttf");
            load("AssayInter-SemiBold.ttf");
            theme(theme);
            chart = new ResultChart(theme);
            root.getChildren().setAll(chart);
            root.setStyle("-fx-background-color: -color-bg-default;");
            if (stage.getScene() == null || stage.getScene().getRoot() != root) {
                stage.setScene(new Scene(root, width, height));
            }
            stage.setWidth(width);
            stage.setHeight(height);
            stage.show();
            chart.show(result, "mnist-net_256x4, 60,000 images, slack 0.01");
        });
        settle();
        return chart;
    }

    private static void load(String font) {
        try (InputStream in = ResultChart.class.getResourceAsStream("/dev/assay/chart/fonts/" + font)) {
            Font.loadFont(in, 12);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void theme(ChartTheme theme) {
        Application.setUserAgentStylesheet(
                theme == ChartTheme.LIGHT
                        ? new PrimerLight().getUserAgentStylesheet()
                        : new PrimerDark().getUserAgentStylesheet());
    }

    /** Waits until the chart shows what was asked for. */
    void settle() {
        until(chart::isUpToDate);
        WaitForAsyncUtils.waitForFxEvents();
    }

    /** Waits until something holds on the JavaFX thread. */
    static void until(BooleanSupplier condition) {
        try {
            WaitForAsyncUtils.waitFor(
                    30, TimeUnit.SECONDS,
                    () -> WaitForAsyncUtils.asyncFx(condition::getAsBoolean).get());
        } catch (TimeoutException e) {
            throw new AssertionError("it did not come about within 30 s", e);
        }
    }

    /** The first thing that the keyboard would reach. */
    Hit first() {
        return chart.seen().drawn().hits().step(null, 0, 0).orElseThrow();
    }

    /** A point of the chart on the screen. */
    Point2D screen(double x, double y) {
        return chart.localToScreen(x, y);
    }

    /** The middle of a thing on the screen. */
    Point2D screen(Hit hit) {
        return screen(hit.area().getCenterX(), hit.area().getCenterY());
    }

    /** A place in the plot, as shares of its width and height from the upper left. */
    Point2D inPlot(double x, double y) {
        var plot = chart.seen().drawn().plot();
        return screen(plot.getMinX() + x * plot.getWidth(), plot.getMinY() + y * plot.getHeight());
    }

    /** Saves the window under {@code target/screenshots}. */
    void picture(String name) {
        WaitForAsyncUtils.waitForFxEvents();
        var image = WaitForAsyncUtils.waitForAsyncFx(20_000, () -> stage.getScene().snapshot(null));
        Path file = Path.of("target", "screenshots", name + ".png");
        try {
            Files.createDirectories(file.getParent());
            ImageIO.write(SwingFXUtils.fromFXImage(image, null), "png", file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

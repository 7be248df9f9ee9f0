package dev.assay.ui.tabs;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import dev.assay.chart.ChartTheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import javafx.application.Application;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.text.Font;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.testfx.util.WaitForAsyncUtils;

/** Shows a tab as the window would, and takes its picture. */
final class Look {

    private Look() {}

    /** A scene of that size in that theme. Call on the JavaFX thread. */
    static Scene show(Stage stage, Parent root, double width, double height, ChartTheme theme) {
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
        stage.show();
        stage.setWidth(width);
        stage.setHeight(height);
        return scene;
    }

    static void theme(ChartTheme theme) {
        Application.setUserAgentStylesheet(
                theme == ChartTheme.LIGHT
                        ? new PrimerLight().getUserAgentStylesheet()
                        : new PrimerDark().getUserAgentStylesheet());
    }

    /** Waits until something holds on the JavaFX thread. */
    static void until(BooleanSupplier condition) {
        try {
            WaitForAsyncUtils.waitFor(
                    20, TimeUnit.SECONDS, () -> WaitForAsyncUtils.asyncFx(condition::getAsBoolean).get());
        } catch (TimeoutException e) {
            throw new AssertionError("it did not come about within 20 s", e);
        }
    }

    /** Saves the scene under {@code target/screenshots}. Call on the test's thread. */
    static void picture(Scene scene, String name) {
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
}

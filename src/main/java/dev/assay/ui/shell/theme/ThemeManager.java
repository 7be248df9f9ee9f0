package dev.assay.ui.shell.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import atlantafx.base.theme.Theme;
import dev.assay.chart.ChartTheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ChangeListener;
import javafx.scene.Scene;
import javafx.scene.text.Font;

/** Keeps the theme in use: the one chosen, or that of the desktop. JavaFX thread only. */
public final class ThemeManager {

    private static final List<String> SHEETS = List.of("/dev/assay/ui/shell/assay.css", "/dev/assay/ui/tabs.css");
    private static final List<String> FONTS = List.of("AssayInter-Regular.ttf", "AssayInter-SemiBold.ttf");

    private final ObjectProperty<ThemeChoice> choice = new SimpleObjectProperty<>(ThemeChoice.SYSTEM);
    private final ReadOnlyObjectWrapper<ChartTheme> theme = new ReadOnlyObjectWrapper<>(ChartTheme.LIGHT);
    // A field, so that the listener lives exactly as long as this object.
    private final ChangeListener<ColorScheme> systemListener = (o, was, is) -> apply();

    /** Loads the fonts and applies the theme. */
    public ThemeManager() {
        FONTS.forEach(ThemeManager::load);
        Platform.getPreferences().colorSchemeProperty().addListener(systemListener);
        choice.addListener((o, was, is) -> apply());
        apply();
    }

    private static void load(String font) {
        try (InputStream in = ThemeManager.class.getResourceAsStream("/dev/assay/chart/fonts/" + font)) {
            Font.loadFont(Objects.requireNonNull(in, font), 13);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void apply() {
        boolean dark =
                switch (choice.get()) {
                    case LIGHT -> false;
                    case DARK -> true;
                    case SYSTEM -> Platform.getPreferences().getColorScheme() == ColorScheme.DARK;
                };
        Theme sheet = dark ? new PrimerDark() : new PrimerLight();
        Application.setUserAgentStylesheet(sheet.getUserAgentStylesheetBSS());
        theme.set(dark ? ChartTheme.DARK : ChartTheme.LIGHT);
    }

    /**
     * Adds Assay's own rules to a scene: the window's and the tabs'. Both belong to the scene, since rules that a tab
     * brought along would be read again with each tab and looked for from each of its nodes upwards.
     */
    public void style(Scene scene) {
        SHEETS.stream()
                .map(sheet -> Objects.requireNonNull(ThemeManager.class.getResource(sheet), sheet).toExternalForm())
                .forEach(scene.getStylesheets()::add);
    }

    /** The choice of the user; may be set. */
    public ObjectProperty<ThemeChoice> choiceProperty() {
        return choice;
    }

    /** The theme in use. */
    public ReadOnlyObjectProperty<ChartTheme> themeProperty() {
        return theme.getReadOnlyProperty();
    }

    /** Stops following the desktop. */
    public void close() {
        Platform.getPreferences().colorSchemeProperty().removeListener(systemListener);
    }
}

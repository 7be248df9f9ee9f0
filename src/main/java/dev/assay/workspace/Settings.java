package dev.assay.workspace;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the user has chosen and where they were. Immutable; {@link SettingsFile} keeps it.
 *
 * @param theme {@code system}, {@code light} or {@code dark}
 * @param uiScale size of the window's text and controls, 0.5..3, 1 is normal
 * @param recentFiles locations of files opened last, newest first, at most {@value #MAX_RECENT}
 * @param recentWorkspaces folders opened last, newest first, at most {@value #MAX_RECENT}
 * @param lastWorkspace the folder to open at the next start, or empty
 * @param window where the window was; null before the first time
 * @param other small facts of parts of the window (e.g. divider positions), by a dotted name
 */
public record Settings(
        String theme,
        double uiScale,
        List<String> recentFiles,
        List<String> recentWorkspaces,
        String lastWorkspace,
        Window window,
        Map<String, String> other) {

    /** Most entries of a list of recent things. */
    public static final int MAX_RECENT = 20;

    /** Where the window was, in pixels of the screen. */
    public record Window(double x, double y, double width, double height, boolean maximised) {}

    /** Puts defaults where something is absent or out of range. */
    public Settings {
        theme = theme != null && List.of("system", "light", "dark").contains(theme) ? theme : "system";
        uiScale = uiScale >= 0.5 && uiScale <= 3 ? uiScale : 1;
        recentFiles = recent(recentFiles);
        recentWorkspaces = recent(recentWorkspaces);
        lastWorkspace = lastWorkspace == null ? "" : lastWorkspace;
        other = other == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(other));
    }

    private static List<String> recent(List<String> list) {
        return list == null
                ? List.of()
                : list.stream().filter(s -> s != null && !s.isBlank()).limit(MAX_RECENT).toList();
    }

    /** What holds at the first start. */
    public static Settings defaults() {
        return new Settings("system", 1, List.of(), List.of(), "", null, Map.of());
    }

    /** With another theme. */
    public Settings withTheme(String value) {
        return new Settings(value, uiScale, recentFiles, recentWorkspaces, lastWorkspace, window, other);
    }

    /** With another scale. */
    public Settings withUiScale(double value) {
        return new Settings(theme, value, recentFiles, recentWorkspaces, lastWorkspace, window, other);
    }

    /** With a file at the head of the recent ones. */
    public Settings withRecentFile(String location) {
        return new Settings(
                theme, uiScale, first(location, recentFiles), recentWorkspaces, lastWorkspace, window, other);
    }

    /** Without a file among the recent ones. */
    public Settings withoutRecentFile(String location) {
        return new Settings(
                theme, uiScale, without(location, recentFiles), recentWorkspaces, lastWorkspace, window, other);
    }

    /** With a workspace as the last one and at the head of the recent ones. */
    public Settings withWorkspace(String folder) {
        return new Settings(theme, uiScale, recentFiles, first(folder, recentWorkspaces), folder, window, other);
    }

    /** With another place of the window. */
    public Settings withWindow(Window value) {
        return new Settings(theme, uiScale, recentFiles, recentWorkspaces, lastWorkspace, value, other);
    }

    /** With a small fact of a part of the window. */
    public Settings with(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(other);
        changed.put(name, value);
        return new Settings(theme, uiScale, recentFiles, recentWorkspaces, lastWorkspace, window, changed);
    }

    /** Without a small fact. */
    public Settings without(String name) {
        Map<String, String> changed = new LinkedHashMap<>(other);
        changed.remove(name);
        return new Settings(theme, uiScale, recentFiles, recentWorkspaces, lastWorkspace, window, changed);
    }

    private static List<String> first(String value, List<String> list) {
        List<String> changed = new ArrayList<>(without(value, list));
        changed.addFirst(value);
        return changed;
    }

    private static List<String> without(String value, List<String> list) {
        return list.stream().filter(s -> !s.equals(value)).toList();
    }
}

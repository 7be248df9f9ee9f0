package dev.assay.workspace;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Where a user's own files go on this system.
 *
 * @param config settings
 * @param state logs and what else may be lost
 * @param data workspaces and fetched datasets
 */
public record UserFolders(Path config, Path state, Path data) {

    /** Overrides all three, for tests and portable installations. */
    public static final String OVERRIDE = "assay.user.folder";

    /** The folders of this user. Makes none of them. */
    public static UserFolders find() {
        String override = System.getProperty(OVERRIDE);
        if (override != null) {
            return under(Path.of(override));
        }
        return find(System.getProperty("os.name"), Path.of(System.getProperty("user.home")), System.getenv());
    }

    /** Where the user drops jars with analyses of their own. */
    public Path plugins() {
        return data.resolve("plugins");
    }

    /** All three under one folder. */
    public static UserFolders under(Path root) {
        return new UserFolders(root.resolve("config"), root.resolve("state"), root.resolve("data"));
    }

    /** By the conventions of the system: XDG on Linux, Library on macOS, AppData on Windows. */
    static UserFolders find(String os, Path home, Map<String, String> environment) {
        String name = os.toLowerCase(Locale.ROOT);
        if (name.contains("mac")) {
            Path support = home.resolve("Library").resolve("Application Support").resolve("Assay");
            return new UserFolders(support, home.resolve("Library").resolve("Logs").resolve("Assay"), support);
        }
        if (name.contains("win")) {
            Path roaming = base(environment, "APPDATA", home.resolve("AppData").resolve("Roaming"));
            Path local = base(environment, "LOCALAPPDATA", home.resolve("AppData").resolve("Local"));
            return new UserFolders(
                    roaming.resolve("Assay"), local.resolve("Assay").resolve("Logs"), local.resolve("Assay"));
        }
        return new UserFolders(
                base(environment, "XDG_CONFIG_HOME", home.resolve(".config")).resolve("assay"),
                base(environment, "XDG_STATE_HOME", home.resolve(".local").resolve("state")).resolve("assay"),
                base(environment, "XDG_DATA_HOME", home.resolve(".local").resolve("share")).resolve("assay"));
    }

    private static Path base(Map<String, String> environment, String variable, Path otherwise) {
        String value = environment.getOrDefault(variable, "");
        // The XDG convention says that a relative path there is to be ignored.
        return !value.isBlank() && Path.of(value).isAbsolute() ? Path.of(value) : otherwise;
    }
}

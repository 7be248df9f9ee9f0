package dev.assay.data.fetch;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** Where datasets go when the user names no folder: the place that the operating system has for such files. */
public final class DatasetCache {

    private DatasetCache() {}

    /** The folder on this machine. */
    public static Path folder() {
        return folder(System.getProperty("os.name"), Path.of(System.getProperty("user.home")), System.getenv());
    }

    static Path folder(String system, Path home, Map<String, String> environment) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.contains("win")) {
            String local = environment.get("LOCALAPPDATA");
            Path base = local == null || local.isBlank() ? home.resolve("AppData").resolve("Local") : Path.of(local);
            return base.resolve("Assay").resolve("datasets");
        }
        if (name.contains("mac")) {
            return home.resolve("Library").resolve("Caches").resolve("Assay").resolve("datasets");
        }
        String cache = environment.get("XDG_CACHE_HOME");
        Path base = cache == null || !cache.startsWith("/") ? home.resolve(".cache") : Path.of(cache);
        return base.resolve("assay").resolve("datasets");
    }
}

package dev.assay.installer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The options of the packaged program's JVM. {@code $APPDIR} is what jpackage's launchers put in its place. */
final class Options {

    private static final String DIR = "$APPDIR";

    private Options() {}

    /**
     * The options.
     *
     * @param files the option files of the runnable tree, so that there is one place for what every JVM gets
     * @param natives the folders of natives there are
     * @param cache whether a start-up cache lies beside the jars
     */
    static List<String> of(Target target, List<Path> files, List<String> natives, boolean cache) throws IOException {
        List<String> options = new ArrayList<>();
        for (Path file : files) {
            for (String line : Files.readAllLines(file)) {
                // Modules are linked into the run-time image and stand in its own list.
                if (!line.isBlank() && !line.startsWith("#") && !line.startsWith("--add-modules")) {
                    options.add(line.strip());
                }
            }
        }
        options.add("--add-modules=" + String.join(",", Packages.ROOT_MODULES));
        options.add("-Dassay.home=" + DIR);
        List<String> path = new ArrayList<>();
        for (String folder : natives) {
            String place = DIR + "/natives/" + folder;
            switch (folder) {
                case "pytorch" -> options.add("-DPYTORCH_LIBRARY_PATH=" + place);
                case "ort" -> options.add("-Donnxruntime.native.path=" + place);
                case "sqlite" -> {
                    options.add("-Dorg.sqlite.lib.path=" + place);
                    options.add("-Dorg.sqlite.lib.name=" + (target == Target.WINDOWS ? "" : "lib") + "sqlitejdbc"
                            + target.ending());
                }
                case "jna" -> {
                    options.add("-Djna.boot.library.path=" + place);
                    options.add("-Djna.nounpack=true");
                }
                case "nd4j" -> {
                    options.add("-Dorg.bytedeco.javacpp.pathsFirst=true");
                    path.add(place);
                }
                default -> path.add(place);
            }
        }
        if (!path.isEmpty()) {
            options.add("-Djava.library.path=" + String.join(target == Target.WINDOWS ? ";" : ":", path));
        }
        if (cache) {
            options.add("-XX:AOTCache=" + DIR + "/" + Packages.CACHE);
            // A cache that does not fit any more is passed over, and nobody is told but the log.
            options.add("-Xlog:aot=off,cds=off");
        }
        return options;
    }
}

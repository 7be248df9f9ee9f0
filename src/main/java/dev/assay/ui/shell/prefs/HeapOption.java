package dev.assay.ui.shell.prefs;

import dev.assay.run.json.StagedFiles;
import dev.assay.workspace.UserFolders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The size of the heap that the user chose, in a file {@code jvm.options} of their settings, which the launcher hands to the
 * JVM. The installed program has its options built in and does not read it.
 */
public final class HeapOption {

    private static final int[] SIZES = {1, 2, 4, 8, 16, 32, 64, 128};
    private static final int MEBIBYTES = 1024;
    private static final String APP_PATH = "jpackage.app-path";

    private HeapOption() {}

    /** Whether the way in which the program was started heeds the file. */
    public static boolean works() {
        return System.getProperty(APP_PATH) == null;
    }

    /** The file of the installed program that holds its options for the JVM; empty where it was not started as one. */
    public static Optional<Path> installedOptions() {
        return Optional.ofNullable(System.getProperty(APP_PATH)).flatMap(app -> optionsOf(Path.of(app)));
    }

    /** That file of a program that lies there, as jpackage lays it out on Linux, Windows and macOS. */
    static Optional<Path> optionsOf(Path program) {
        String name = program.getFileName().toString().replaceFirst("\\.exe$", "") + ".cfg";
        Path folder = program.toAbsolutePath().getParent();
        return Stream.of("../lib/app", "app", "../app")
                .map(place -> folder.resolve(place).resolve(name).normalize())
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** Sizes in MiB to choose from on a machine with that much memory; at least one. */
    public static List<Integer> sizes(long machineBytes) {
        List<Integer> sizes = new ArrayList<>();
        for (int size : SIZES) {
            if ((long) size * MEBIBYTES * (1 << 20) <= machineBytes || sizes.isEmpty()) {
                sizes.add(size * MEBIBYTES);
            }
        }
        return sizes;
    }

    /** Writes or removes the file; in the background. */
    public static void write(Optional<Integer> mebibytes) throws IOException {
        write(UserFolders.find().config().resolve("jvm.options"), mebibytes);
    }

    static void write(Path file, Optional<Integer> mebibytes) throws IOException {
        if (mebibytes.isEmpty()) {
            Files.deleteIfExists(file);
            return;
        }
        Files.createDirectories(file.getParent());
        String text = "# Written by Assay's preferences.\n-Xmx" + mebibytes.get() + "m\n";
        // A launcher that reads half a file would not start the program.
        StagedFiles.replace(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }
}

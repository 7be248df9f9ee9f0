package dev.assay.installer;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Stream;

/**
 * Makes the program's folder and the packages of the system it runs on from the runnable tree:
 * {@code MakeInstaller PROJECT VERSION [TYPE,TYPE]}; without types every type of the system whose tool is there.
 */
public final class MakeInstaller {

    private static final long MOST_IMAGE = 950_000_000L;
    private static final long MOST_DEB = 210_000_000L;
    private static final int LARGEST = 10;

    private final Target target = Target.here();
    private final Path project;
    private final Path work;
    private final String version;

    private MakeInstaller(Path project, String version) {
        this.project = project;
        this.version = version;
        this.work = project.resolve("target").resolve("installer");
    }

    /** Makes them. */
    public static void main(String[] arguments) throws Exception {
        MakeInstaller maker = new MakeInstaller(Path.of(arguments[0]).toAbsolutePath(), arguments[1]);
        List<String> types = arguments.length > 2 && !arguments[2].isBlank()
                ? Arrays.asList(arguments[2].split(","))
                : maker.possibleTypes();
        maker.make(types);
    }

    /** The system's types whose tools are installed. */
    private List<String> possibleTypes() {
        List<String> types = new ArrayList<>(target.types());
        if (target == Target.LINUX) {
            types.removeIf(t -> !onPath(t.equals("deb") ? "dpkg-deb" : "rpmbuild"));
        }
        return types;
    }

    private static boolean onPath(String tool) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(p -> Files.isExecutable(Path.of(p).resolve(tool)));
    }

    private void make(List<String> types) throws IOException, InterruptedException {
        removeTree(work);
        Path input = Files.createDirectories(work.resolve("input"));
        Path tree = project.resolve("target").resolve("assay");
        Natives natives = new Natives(target, input);
        for (Path jar : list(tree.resolve("lib"))) {
            if (jar.toString().endsWith(".jar")) {
                natives.take(jar);
            }
        }
        natives.linkNames();
        copyTree(tree.resolve("sample-data"), input.resolve("sample-data"));
        copyTree(tree.resolve("licenses"), input.resolve("licenses"));
        Path integration = project.resolve("installer").resolve("linux").resolve("integration");
        if (target == Target.LINUX) {
            copyTree(integration, input.resolve("integration"));
        }
        Path runtime = work.resolve("runtime");
        tool("jlink", Packages.jlink(tree.resolve("lib").resolve("javafx"), runtime));
        stripSymbols(runtime);
        stripSymbols(input.resolve("natives"));
        String mainJar = "assay-" + version + ".jar";
        List<Path> files =
                List.of(tree.resolve("lib").resolve("jvm.options"), tree.resolve("lib").resolve("javafx.options"));
        List<String> folders = natives.folders();
        Path icons = project.resolve("assets").resolve("icon");
        Path icon = icons.resolve(switch (target) {
            case LINUX -> "assay.png";
            case MACOS -> "assay.icns";
            case WINDOWS -> "assay.ico";
        });
        Path launchers = project.resolve("installer").resolve("launchers");
        List<String> imageWords = new ArrayList<>(Packages.image(
                target, version, runtime, input, mainJar, icon, launchers,
                Options.of(target, files, folders, true), work));
        String identity = System.getenv().getOrDefault("ASSAY_SIGNING_IDENTITY", "");
        List<String> signing = target == Target.MACOS && !identity.isEmpty()
                ? Packages.signing(project.resolve("installer"), identity)
                : List.of();
        imageWords.addAll(signing);
        tool("jpackage", imageWords);
        Path image = work.resolve(Packages.name(target) + (target == Target.MACOS ? ".app" : ""));
        if (target != Target.LINUX) {
            // A Linux package makes it when it is installed; these are signed, or belong to somebody else then.
            cache(image, mainJar, Options.of(target, files, folders, false));
        }
        report(image);
        Path dist = Files.createDirectories(work.resolve("dist"));
        for (String type : types) {
            List<String> words = new ArrayList<>(Packages.of(
                    target, type, version, image, project.resolve("installer"),
                    tree.resolve("licenses").resolve("THIRD-PARTY.txt"), dist));
            words.addAll(signing);
            tool("jpackage", words);
        }
        for (Path made : list(dist)) {
            say(made + "  " + Files.size(made) / 1_000_000 + " MB");
            if (made.toString().endsWith(".deb") && Files.size(made) > MOST_DEB) {
                say("NOTE: " + made + " is larger than " + MOST_DEB / 1_000_000 + " MB");
            }
        }
    }

    /** The folder of the jars inside the program's. */
    private Path app(Path image) {
        return switch (target) {
            case LINUX -> image.resolve("lib").resolve("app");
            case MACOS -> image.resolve("Contents").resolve("app");
            case WINDOWS -> image.resolve("app");
        };
    }

    private Path java(Path image) {
        return switch (target) {
            case LINUX -> image.resolve("lib").resolve("runtime").resolve("bin").resolve("java");
            case MACOS -> image.resolve("Contents").resolve("runtime").resolve("Contents").resolve("Home")
                    .resolve("bin").resolve("java");
            case WINDOWS -> image.resolve("runtime").resolve("bin").resolve("java.exe");
        };
    }

    /**
     * Runs the window once without a display and lets the JVM keep what it loaded. The class path is the one that the
     * launcher has, in its order, or the cache would not be taken.
     */
    private void cache(Path image, String mainJar, List<String> options) throws IOException, InterruptedException {
        Path app = app(image);
        // jpackage copies without the files' times.
        for (Path jar : list(app)) {
            if (jar.toString().endsWith(".jar")) {
                Files.setLastModifiedTime(jar, Natives.TIME);
            }
        }
        Path home = Files.createDirectories(work.resolve("training"));
        List<String> words = new ArrayList<>(List.of(java(image).toString()));
        options.forEach(o -> words.add(o.replace("$APPDIR", app.toString())));
        words.add("-XX:AOTCacheOutput=" + app.resolve(Packages.CACHE));
        words.add("-Dassay.user.folder=" + home);
        words.addAll(List.of("-cp", classPath(app, mainJar), "dev.assay.Assay", "gui", "--out",
                home.resolve("out").toString()));
        ProcessBuilder training = new ProcessBuilder(words).redirectErrorStream(true);
        training.redirectOutput(work.resolve("training.log").toFile());
        Map<String, String> environment = training.environment();
        environment.remove("DISPLAY");
        environment.remove("WAYLAND_DISPLAY");
        int status = training.start().waitFor();
        Path cache = app.resolve(Packages.CACHE);
        if (status != 0 || !Files.exists(cache)) {
            throw new IOException("the start-up cache was not made, see " + work.resolve("training.log"));
        }
        Files.setLastModifiedTime(cache, Natives.TIME);
    }

    /** The class path as jpackage wrote it down for the launcher. */
    private static String classPath(Path app, String mainJar) throws IOException {
        List<String> jars = new ArrayList<>();
        for (Path configuration : list(app)) {
            String name = configuration.getFileName().toString();
            if (name.equalsIgnoreCase("assay.cfg")) {
                for (String line : Files.readAllLines(configuration)) {
                    if (line.startsWith("app.classpath=")) {
                        jars.add(line.substring("app.classpath=".length())
                                .replace("$APPDIR", app.toString())
                                .replace("\\", "/"));
                    }
                }
            }
        }
        if (jars.isEmpty()) {
            throw new IOException("the launcher of " + mainJar + " names no class path");
        }
        return String.join(File.pathSeparator, jars);
    }

    /** Names that only a debugger wants: 110 MB of PyTorch's and ND4J's libraries. */
    private void stripSymbols(Path runtime) throws IOException, InterruptedException {
        if (target != Target.LINUX || !onPath("strip")) {
            return;
        }
        try (Stream<Path> all = Files.walk(runtime)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                if (file.getFileName().toString().matches(".*\\.so(\\.[0-9.]+)?") && !Files.isSymbolicLink(file)) {
                    new ProcessBuilder("strip", "--strip-unneeded", file.toString()).inheritIO().start().waitFor();
                    Files.setLastModifiedTime(file, Natives.TIME);
                }
            }
        }
    }

    /** Says how large everything is, and fails when it holds another system's libraries. */
    private void report(Path image) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.walk(image)) {
            files = all.filter(f -> Files.isRegularFile(f) && !Files.isSymbolicLink(f)).toList();
        }
        long sum = 0;
        for (Path file : files) {
            sum += Files.size(file);
            if (Natives.isForeign(target, file.toString())) {
                throw new IOException(file + " belongs to another system");
            }
        }
        say("Program's folder: " + sum / 1_000_000 + " MB in " + files.size() + " files. The largest:");
        files.stream()
                .sorted(Comparator.comparingLong((Path f) -> f.toFile().length()).reversed())
                .limit(LARGEST)
                .forEach(f -> say(String.format(
                        Locale.ROOT, "%8.1f MB  %s", f.toFile().length() / 1e6, image.relativize(f))));
        if (sum > MOST_IMAGE) {
            say("NOTE: the program's folder is larger than " + MOST_IMAGE / 1_000_000 + " MB");
        }
    }

    private static void tool(String name, List<String> words) throws IOException {
        say(name + " " + String.join(" ", words.stream().limit(6).toList()) + " ...");
        ToolProvider tool = ToolProvider.findFirst(name).orElseThrow(() -> new IOException("this JDK has no " + name));
        int status = tool.run(System.out, System.err, words.toArray(String[]::new));
        if (status != 0) {
            throw new IOException(name + " failed with " + status + ": " + String.join(" ", words));
        }
    }

    private static void say(String text) {
        System.out.println(text);
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> list = Files.list(folder)) {
            return list.sorted().toList();
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Natives.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    private static void removeTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        List<Path> all;
        try (Stream<Path> tree = Files.walk(root)) {
            all = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : all) {
            Files.delete(path);
        }
    }
}

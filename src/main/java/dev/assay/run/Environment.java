package dev.assay.run;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The program, runtime, machine and libraries that runs happen in.
 *
 * @param assay Assay's version
 * @param java version and vendor of the Java runtime
 * @param os name, version and architecture of the operating system
 * @param cpu the processor's name and number of threads
 * @param libraries versions of the libraries that numbers depend on, by name
 */
public record Environment(String assay, String java, String os, String cpu, Map<String, String> libraries) {

    /** The libraries that numbers may depend on, by the start of their file's name. */
    private static final Pattern NUMERIC = Pattern.compile(
            "(onnxruntime|pytorch-engine|pytorch-jni|pytorch-native-[a-z0-9]+|nd4j-native|openblas|lwjgl-opencl"
                    + "|ojalgo|hipparchus-core|ortools-(?:linux|darwin|win32)-[a-z0-9]+(?:-64)?|jgrapht-core)-(\\d.*)\\.jar");

    private static final Pattern CLASSIFIER = Pattern.compile("-(linux|windows|win|macosx|osx|natives)(-.*)?$");

    /** Looks around; reads small files, so not on the window's thread. */
    public static Environment detect() {
        return new Environment(
                assayVersion(),
                System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                cpuName() + ", " + Runtime.getRuntime().availableProcessors() + " threads",
                libraries(System.getProperty("java.class.path", "").split(File.pathSeparator)));
    }

    /** Assay's version, {@code development} when it does not run from a package. */
    public static String assayVersion() {
        try (InputStream in = Environment.class.getResourceAsStream("/META-INF/maven/dev.assay/assay/pom.properties")) {
            if (in != null) {
                Properties properties = new Properties();
                properties.load(in);
                return properties.getProperty("version", "development");
            }
        } catch (IOException e) {
            // A jar that can be run but not read has no version to tell.
            return "development";
        }
        String version = Environment.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    /** The versions as the names of the files on the class path give them. */
    static Map<String, String> libraries(String... classPath) {
        Map<String, String> found = new TreeMap<>();
        for (String entry : classPath) {
            Matcher matcher = NUMERIC.matcher(new File(entry).getName());
            if (matcher.matches()) {
                String version = CLASSIFIER.matcher(matcher.group(2)).replaceFirst("");
                found.putIfAbsent(matcher.group(1), version);
            }
        }
        return found;
    }

    private static String cpuName() {
        Path info = Path.of("/proc/cpuinfo");
        if (Files.isReadable(info)) {
            try (Stream<String> lines = Files.lines(info)) {
                return lines.filter(l -> l.startsWith("model name"))
                        .map(l -> l.substring(l.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse(System.getProperty("os.arch"));
            } catch (IOException | java.io.UncheckedIOException e) {
                return System.getProperty("os.arch");
            }
        }
        String windows = System.getenv("PROCESSOR_IDENTIFIER");
        return windows != null ? windows : System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    }
}

package dev.assay.run;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/** The folder into which a user drops jars with analyses of their own. */
final class PluginFolder {

    private PluginFolder() {}

    /**
     * A class loader for each jar, by file name. Each jar has its own, so that the libraries that two of them bring do not
     * meet; all see Assay's classes. They stay open as long as the program runs.
     *
     * @param problems takes one sentence for each file that cannot be used
     */
    static Map<String, ClassLoader> jars(Path folder, List<String> problems) {
        Map<String, ClassLoader> loaders = new LinkedHashMap<>();
        if (!Files.isDirectory(folder)) {
            return loaders;
        }
        List<Path> files;
        try (Stream<Path> list = Files.list(folder)) {
            files = list.filter(f -> f.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            problems.add("the plugins in " + folder + " cannot be listed: " + e.getMessage());
            return loaders;
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            // Opened once to see that it is a jar at all: a class loader would find nothing in it and say nothing.
            try (ZipFile jar = new ZipFile(file.toFile())) {
                loaders.put(name, loader(Path.of(jar.getName())));
            } catch (IOException e) {
                problems.add(name + " is no jar that can be read: " + e.getMessage());
            }
        }
        return loaders;
    }

    @SuppressWarnings("resource") // open as long as the program runs
    private static ClassLoader loader(Path file) throws MalformedURLException {
        URL[] urls = {file.toUri().toURL()};
        return new URLClassLoader("plugin " + file.getFileName(), urls, PluginFolder.class.getClassLoader());
    }
}

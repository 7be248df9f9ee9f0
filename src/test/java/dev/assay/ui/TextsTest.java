package dev.assay.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextsTest {

    private static final Path SOURCES = Path.of("src", "main", "java");
    private static final Pattern ASKED = Pattern.compile("Texts\\.of\\(\\s*\"([a-z.]*[a-z])\"[,)]");

    /** Keys that are put together: the steps of the walk through the window. */
    private static final Pattern TOGETHER = Pattern.compile("tour\\.[a-z]+\\.(title|text)");

    private static String sources() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                all.append(Files.readString(file));
            }
        }
        return all.toString();
    }

    private static Set<String> keys() throws IOException {
        Properties texts = new Properties();
        try (var in = Files.newBufferedReader(Path.of("src/main/resources/dev/assay/ui/texts.properties"))) {
            texts.load(in);
        }
        return new TreeSet<>(texts.stringPropertyNames());
    }

    @Test
    void everyTextThatIsAskedForIsThere() throws IOException {
        Set<String> asked = new TreeSet<>();
        Matcher matcher = ASKED.matcher(sources());
        while (matcher.find()) {
            asked.add(matcher.group(1));
        }
        assertThat(asked).hasSizeGreaterThan(50);
        asked.removeAll(keys());
        assertThat(asked).as("lines to add to texts.properties").isEmpty();
    }

    @Test
    void everyTextThatIsThereIsAskedFor() throws IOException {
        String sources = sources();
        Set<String> unused = keys();
        unused.removeIf(k -> sources.contains('"' + k + '"') || TOGETHER.matcher(k).matches());
        assertThat(unused).as("lines to take out of texts.properties").isEmpty();
    }

    @Test
    void valuesAreFilledIn() {
        assertThat(Texts.of("history.deleted.one", "a {1} b")).isEqualTo("Deleted \u201ca {1} b\u201d");
        assertThat(Texts.of("sweep.outcome", "1, 2", 2, 1, 2)).contains("2 values (1, 2)", "1 seed:", "2 runs");
    }

    /** As a translator would begin: a file beside the English one, with two texts done. */
    @Test
    void aTranslationIsFoundByTheLanguageOfTheUser(@TempDir Path folder) throws Exception {
        Path beside = Files.createDirectories(folder.resolve("dev/assay/ui"));
        Files.writeString(beside.resolve("texts_de.properties"), """
                cancel=Abbrechen
                history.many={0,number,integer} L\u00e4ufe
                """);
        assertThat(said(Locale.GERMANY, folder)).containsExactly("Abbrechen", "1\u202f234 L\u00e4ufe", "Undo");
        assertThat(said(Locale.FRANCE, folder)).containsExactly("Cancel", "1\u202f234 runs", "Undo");
    }

    /** What a program says that is started in a language, with a folder on its class path. */
    private static List<String> said(Locale language, Path folder) throws Exception {
        Locale before = Locale.getDefault();
        URL classes = Texts.class.getProtectionDomain().getCodeSource().getLocation();
        try (URLClassLoader program = new URLClassLoader(
                new URL[] {folder.toUri().toURL(), classes}, ClassLoader.getPlatformClassLoader())) {
            Locale.setDefault(language);
            Class<?> texts = program.loadClass(Texts.class.getName());
            Method plain = texts.getMethod("of", String.class);
            Method filled = texts.getMethod("of", String.class, Object[].class);
            return List.of(
                    (String) plain.invoke(null, "cancel"),
                    (String) filled.invoke(null, "history.many", new Object[] {1234}),
                    (String) plain.invoke(null, "undo"));
        } finally {
            Locale.setDefault(before);
        }
    }

    /** A quotation mark or brace out of place would swallow what comes behind it. */
    @Test
    void everyTextCanBeFilledIn() throws IOException {
        Properties texts = new Properties();
        try (var in = Files.newBufferedReader(Path.of("src/main/resources/dev/assay/ui/texts.properties"))) {
            texts.load(in);
        }
        for (String key : texts.stringPropertyNames()) {
            String text = texts.getProperty(key);
            if (text.contains("{")) {
                Object[] values = {7, 7, 7, 7, 7};
                String filled = Texts.of(key, values);
                assertThat(filled).as(key).doesNotContain("{").contains("7");
                assertThat(filled.chars().filter(c -> c == '\'').count())
                        .as(key + ": '' for an apostrophe where there are values")
                        .isEqualTo((text.chars().filter(c -> c == '\'').count() + 1) / 2);
            } else {
                assertThat(text).as(key + ": a plain ' where there are no values").doesNotContain("''");
            }
        }
    }

    @Test
    void thousandsAreSetApartAsInAllNumbers() {
        assertThat(Texts.of("run.log.lines", 10_000)).isEqualTo("10\u202f000 lines");
        assertThat(Texts.of("run.log.lines", 1)).isEqualTo("1 line");
        assertThat(Texts.of("history.many", 1_234)).isEqualTo("1\u202f234 runs");
    }
}

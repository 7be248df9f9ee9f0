package dev.assay.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

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
}

package dev.assay.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.InputKind;
import dev.assay.analysis.Location;
import dev.assay.analysis.result.Ranking;
import dev.assay.analysis.result.Scalar;
import dev.assay.run.fake.MemoryStore;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example project of the documentation, and jars that are no plugins. */
class PluginsTest {

    private static final Path EXAMPLE = Path.of("docs", "example-plugin", "src", "main");
    private static final String SERVICES = "META-INF/services/dev.assay.analysis.Analysis";

    @TempDir
    Path folder;

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> tree = Files.walk(root)) {
            return tree.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private Path exampleJar(String name) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        List<String> arguments = Stream.concat(
                Stream.of("-proc:none", "-d", classes.toString(), "-cp", System.getProperty("java.class.path")),
                files(EXAMPLE.resolve("java")).stream().map(Path::toString))
                .toList();
        assertThat(ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, arguments.toArray(String[]::new))).isZero();
        Path jar = plugins().resolve(name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Path root : List.of(classes, EXAMPLE.resolve("resources"))) {
                for (Path file : files(root)) {
                    out.putNextEntry(new JarEntry(root.relativize(file).toString().replace('\\', '/')));
                    Files.copy(file, out);
                }
            }
        }
        return jar;
    }

    private Path plugins() throws IOException {
        return Files.createDirectories(folder.resolve("plugins"));
    }

    private void jar(String name, String entry, String content) throws IOException {
        try (OutputStream file = Files.newOutputStream(plugins().resolve(name));
                JarOutputStream out = new JarOutputStream(file)) {
            out.putNextEntry(new JarEntry(entry));
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void theExampleIsFoundAndRuns() throws Exception {
        exampleJar("class-balance.jar");
        Catalogue catalogue = Catalogue.load(plugins());
        assertThat(catalogue.problems()).isEmpty();
        assertThat(catalogue.find("class-balance")).isPresent();
        assertThat(catalogue.find("nap-mining")).as("what is built in stays").isPresent();

        Path table = Files.writeString(folder.resolve("t.csv"), "x,label\n1,a\n2,a\n3,a\n4,b\n");
        try (RunQueue queue = RunQueue.inline(catalogue, new MemoryStore(folder.resolve("runs")))) {
            Run run = queue.submit(new RunRequest(
                    "class-balance", Map.of("data", List.of(Location.of(table))), Map.of("smallest", "0.3"), 0, "cpu",
                    1));
            assertThat(run.failure()).isEmpty();
            assertThat(run.state()).isEqualTo(RunState.DONE);
            Scalar evenness = (Scalar) run.results().getFirst();
            double expected = -(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25)) / Math.log(2);
            assertThat(evenness.value()).isEqualTo(expected);
            Ranking shares = (Ranking) run.results().getLast();
            assertThat(shares.entries()).extracting(Ranking.Entry::name).containsExactly("a", "b");
            assertThat(run.log()).anyMatch(line -> line.warning() && line.text().contains("only 1 of 4 samples"));
        }
    }

    @Test
    void withoutAFolderThereIsWhatIsBuiltIn() {
        Catalogue catalogue = Catalogue.load(folder.resolve("nothing"));
        assertThat(catalogue.problems()).isEmpty();
        assertThat(catalogue.analyses()).hasSameSizeAs(Catalogue.load().analyses());
        assertThat(catalogue.kinds()).extracting(InputKind::id)
                .isEqualTo(Catalogue.load().kinds().stream().map(InputKind::id).toList());
    }

    @Test
    void whatCannotBeUsedIsLeftOutAndNamed() throws Exception {
        exampleJar("a-good.jar");
        Files.copy(plugins().resolve("a-good.jar"), plugins().resolve("b-twice.jar"));
        Files.writeString(plugins().resolve("c-damaged.jar"), "this is no archive");
        jar("d-empty.jar", "readme.txt", "nothing here");
        jar("e-missing.jar", SERVICES, "org.example.NotThere\n");
        jar("f-odd.jar", SERVICES, "not a class name\n");
        jar("g-foreign.jar", SERVICES, "java.lang.String\n");
        Files.writeString(plugins().resolve("notes.txt"), "no jar");

        Catalogue catalogue = Catalogue.load(plugins());

        assertThat(catalogue.find("class-balance")).isPresent();
        assertThat(catalogue.problems()).hasSize(6);
        List<String> expected = List.of(
                "c-damaged.jar is no jar that can be read",
                "d-empty.jar adds nothing",
                "b-twice.jar brings 'class-balance', which is there already",
                "e-missing.jar",
                "f-odd.jar",
                "g-foreign.jar adds nothing");
        for (String part : expected) {
            assertThat(catalogue.problems()).anySatisfy(p -> assertThat(p).contains(part));
        }
    }

    /** A jar with one compiled class, named as a service. */
    private void compiledJar(String name, String service, String type, String body) throws IOException {
        Path source = Files.createDirectories(folder.resolve("own-" + type)).resolve(type + ".java");
        Files.writeString(source, "import dev.assay.analysis.*; import java.util.*;\npublic class " + type + body);
        assertThat(ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-cp", System.getProperty("java.class.path"), source.toString()))
                .isZero();
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(plugins().resolve(name)))) {
            for (Path file : files(source.getParent())) {
                out.putNextEntry(new JarEntry(file.getFileName().toString()));
                Files.copy(file, out);
            }
            out.putNextEntry(new JarEntry("META-INF/services/" + service));
            out.write(type.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String kind(String id, String type, String recognises) {
        return """
                 implements InputKind {
                    public String id() { return "%s"; }
                    public String title() { return "Test"; }
                    public Class<? extends Input> type() { return %s; }
                    public List<String> extensions() { return List.of(); }
                    public boolean recognises(Location location) { %s }
                    public Input open(Location location) { return null; }
                }
                """.formatted(id, type, recognises);
    }

    /** What a plugin leaves out comes to light when it is loaded, and harms neither the start nor any file. */
    @Test
    void halfWrittenPluginsAreLeftOutAndNamed() throws Exception {
        compiledJar("a-no-family.jar", "dev.assay.analysis.Analysis", "NoFamily", """
                 implements Analysis<NoFamily.None> {
                    public record None() { public static None defaults() { return new None(); } }
                    public AnalysisInfo info() { return new AnalysisInfo("no-family", "T", null, "", "", ""); }
                    public InputSpec inputs() { return InputSpec.of(); }
                    public Class<None> parameters() { return None.class; }
                    public void run(Inputs inputs, None parameters, RunContext context) {}
                }
                """);
        compiledJar("b-no-type.jar", "dev.assay.analysis.InputKind", "NoType",
                kind("no-type", "null", "return false;"));
        compiledJar("c-throws.jar", "dev.assay.analysis.InputKind", "Throws",
                kind("throws", "Input.class", "throw new IllegalStateException(\"odd\");"));

        Catalogue catalogue = Catalogue.load(plugins());

        assertThat(catalogue.problems()).hasSize(2);
        assertThat(catalogue.problems().get(0)).contains("a-no-family.jar");
        assertThat(catalogue.problems().get(1)).contains("b-no-type.jar");
        assertThat(catalogue.kinds()).extracting(InputKind::id).contains("throws").doesNotContain("no-type");
        Path unknown = Files.writeString(folder.resolve("unknown.xyz"), "?");
        assertThat(catalogue.recognise(Location.of(unknown))).isEmpty();
    }
}

package dev.assay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Starts the packaged program from outside, as a user does. Runs after {@code package}. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "these are tests of the POSIX launcher")
class LauncherIT {

    private static final Path TREE = Path.of(System.getProperty("assay.tree", "target/assay")).toAbsolutePath();

    @TempDir
    Path folder;

    /** What a started program left. */
    private record Outcome(int exitCode, String out, String err) {}

    @BeforeAll
    static void treeIsThere() {
        assertThat(TREE.resolve("bin/assay")).as("mvn package makes it").isExecutable();
    }

    @Test
    void tellsItsVersion() throws Exception {
        Outcome outcome = run(folder, Map.of(), TREE.resolve("bin/assay").toString(), "--version");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).startsWith("Assay 0");
    }

    @Test
    void startsFromAFolderWithBlanksAndOtherLetters() throws Exception {
        Path launcher = copyOfTree(folder.resolve("Grüße von 神経 (1)"));

        Outcome outcome = run(folder, Map.of(), launcher.toString(), "--version");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).startsWith("Assay");
    }

    @Test
    void startsFromSuchAFolderInALocaleWithoutUnicode() throws Exception {
        Path launcher = copyOfTree(folder.resolve("Grüße von 神経 (1)"));

        Outcome outcome = run(folder, Map.of("LC_ALL", "C", "LANG", "C"), launcher.toString(), "--version");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).startsWith("Assay");
    }

    @Test
    void startsThroughAChainOfLinks() throws Exception {
        Path first = Files.createSymbolicLink(folder.resolve("first"), TREE.resolve("bin/assay"));
        Path second = Files.createSymbolicLink(
                Files.createDirectory(folder.resolve("other")).resolve("second"), Path.of("../" + first.getFileName()));

        Outcome outcome = run(folder, Map.of(), second.toString(), "--version");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    }

    @Test
    void passesArgumentsOnAsTheyAre() throws Exception {
        Outcome outcome = run(folder, Map.of(), TREE.resolve("bin/assay").toString(), "inspect", "no such  file*.onnx");

        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.err()).contains("no such  file*.onnx").doesNotContain("\tat ");
    }

    @Test
    void passesOnOptionsForTheJvm() throws Exception {
        Outcome outcome = run(
                folder,
                Map.of("ASSAY_JAVA_OPTS", "-Dassay.probe=kept -XshowSettings:properties"),
                TREE.resolve("bin/assay").toString(),
                "--version");

        assertThat(outcome.out() + outcome.err()).contains("assay.probe = kept");
    }

    @Test
    void passesOverAJavaHomeThatIsTooOld() throws Exception {
        Path old = jdkOfVersion("17.0.1");

        Outcome outcome = run(
                folder, Map.of("JAVA_HOME", old.toString()), TREE.resolve("bin/assay").toString(), "--version");

        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out()).startsWith("Assay").doesNotContain("stand-in");
    }

    @Test
    void takesAJavaHomeThatIsNewEnoughBeforeAnyOther() throws Exception {
        Path newer = jdkOfVersion("26");

        Outcome outcome = run(
                folder, Map.of("JAVA_HOME", newer.toString()), TREE.resolve("bin/assay").toString(), "--version");

        assertThat(outcome.out()).startsWith("stand-in");
    }

    /** The usual folders are hidden in a mount namespace of its own, which not every system allows. */
    @Test
    void saysInOneSentenceWhatIsMissingWhereThereIsNoJdk() throws Exception {
        assumeThat(canHideFolders()).as("this system lets a test hide folders").isTrue();
        String hide = "for d in /usr/lib/jvm /usr/java /opt; do [ ! -d $d ] || mount -t tmpfs none $d || exit 99; done;"
                + " exec \"$0\" --version";

        Outcome outcome = run(
                folder,
                Map.of("HOME", folder.toString(), "JAVA_HOME", "", "PATH", "/usr/bin:/bin:/usr/sbin:/sbin"),
                "unshare",
                "-rm",
                "sh",
                "-c",
                hide,
                TREE.resolve("bin/assay").toString());

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err().lines()).singleElement().asString().contains("needs a JDK 25", "JAVA_HOME");
    }

    private boolean canHideFolders() throws Exception {
        try {
            return run(folder, Map.of(), "unshare", "-rm", "sh", "-c", "mount -t tmpfs none /usr/lib/jvm")
                    .exitCode() == 0;
        } catch (IOException noSuchProgram) {
            return false;
        }
    }

    /** A copy of the tree whose libraries are links, since they are large. */
    private static Path copyOfTree(Path target) throws IOException {
        Path bin = Files.createDirectories(target.resolve("bin"));
        Files.createSymbolicLink(target.resolve("lib"), TREE.resolve("lib"));
        return Files.copy(TREE.resolve("bin/assay"), bin.resolve("assay"), StandardCopyOption.COPY_ATTRIBUTES);
    }

    /** A folder that looks like a JDK of that version to the launcher; its java prints the word stand-in. */
    private Path jdkOfVersion(String version) throws IOException {
        Path bin = Files.createDirectories(folder.resolve("jdk-" + version).resolve("bin"));
        Files.writeString(bin.resolveSibling("release"), "JAVA_VERSION=\"" + version + "\"\n");
        Path java = Files.writeString(bin.resolve("java"), "#!/bin/sh\necho stand-in\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
        return bin.getParent();
    }

    private Outcome run(Path workingFolder, Map<String, String> environment, String... command) throws Exception {
        Path out = Files.createTempFile(folder, "out", ".txt");
        Path err = Files.createTempFile(folder, "err", ".txt");
        ProcessBuilder builder = new ProcessBuilder(List.of(command))
                .directory(workingFolder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(new HashMap<>(environment));
        Process process = builder.start();
        process.getOutputStream().close();
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("did not end: " + String.join(" ", command));
        }
        return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
    }
}

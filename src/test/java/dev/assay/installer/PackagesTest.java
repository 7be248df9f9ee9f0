package dev.assay.installer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PackagesTest {

    private static final Path INSTALLER = Path.of("installer").toAbsolutePath();
    private static final Path SOMEWHERE = Path.of("somewhere").toAbsolutePath();

    private static List<String> words(Target target, String type) {
        return Packages.of(
                target, type, "0.1.0", SOMEWHERE.resolve("assay"), INSTALLER, SOMEWHERE.resolve("licence.txt"),
                SOMEWHERE);
    }

    private static List<String> image(Target target) throws IOException {
        List<Path> files =
                List.of(Path.of("src/main/launcher/jvm.options"), Path.of("src/main/launcher/javafx.options"));
        return Packages.image(
                target, "0.1.0", SOMEWHERE, SOMEWHERE, "assay-0.1.0.jar", SOMEWHERE.resolve("icon"),
                INSTALLER.resolve("launchers"),
                Options.of(target, files, List.of("pytorch", "ort", "nd4j", "sqlite", "jna", "highs"), true),
                SOMEWHERE);
    }

    private static String after(List<String> words, String option) {
        assertThat(words).contains(option);
        return words.get(words.indexOf(option) + 1);
    }

    @Test
    void noPackageGetsTheOptionsOfAnother() {
        for (Target target : Target.values()) {
            for (String type : target.types()) {
                List<String> words = words(target, type);
                String own = switch (target) {
                    case LINUX -> "--linux-";
                    case MACOS -> "--mac-";
                    case WINDOWS -> "--win-";
                };
                assertThat(words).filteredOn(w -> w.matches("--(linux|mac|win)-.*"))
                        .as(type)
                        .isNotEmpty()
                        .allMatch(w -> w.startsWith(own));
                assertThat(after(words, "--type")).isEqualTo(type);
                assertThat(words.contains("--linux-deb-maintainer")).isEqualTo(type.equals("deb"));
                assertThat(words.contains("--linux-rpm-license-type")).isEqualTo(type.equals("rpm"));
            }
        }
    }

    @Test
    void linuxPackagesAskForWhatIsHiddenInsideTheImage() {
        assertThat(after(words(Target.LINUX, "deb"), "--linux-package-deps")).contains("libgtk-3-0", "libgl1",
                "libxtst6");
        assertThat(after(words(Target.LINUX, "rpm"), "--linux-package-deps")).contains("gtk3");
    }

    @Test
    void windowsGetsAnUpgradeCodeAndFileTypes() {
        List<String> words = words(Target.WINDOWS, "msi");
        assertThat(after(words, "--win-upgrade-uuid")).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        assertThat(words).contains("--win-dir-chooser", "--win-menu");
        assertThat(words).filteredOn("--file-associations"::equals).hasSize(3);
    }

    @Test
    void macosTakesNoVersionThatStartsWithNought() throws IOException {
        assertThat(after(image(Target.MACOS), "--app-version")).isEqualTo("1.1.0");
        assertThat(after(words(Target.MACOS, "dmg"), "--app-version")).isEqualTo("1.1.0");
        assertThat(after(image(Target.LINUX), "--app-version")).isEqualTo("0.1.0");
        assertThat(Packages.version(Target.WINDOWS, "1.2.3-SNAPSHOT")).isEqualTo("1.2.3");
        assertThat(image(Target.MACOS)).filteredOn("--file-associations"::equals).hasSize(3);
    }

    @ParameterizedTest
    @EnumSource(Target.class)
    void nothingIsUnpackedOrFetchedAtTheStart(Target target) throws IOException {
        List<String> words = image(target);
        String app = "$APPDIR/natives/";
        assertThat(words)
                .contains(
                        "-DPYTORCH_LIBRARY_PATH=" + app + "pytorch",
                        "-Donnxruntime.native.path=" + app + "ort",
                        "-Dorg.bytedeco.javacpp.pathsFirst=true",
                        "-Dorg.sqlite.lib.path=" + app + "sqlite",
                        "-Djna.nounpack=true",
                        "-Dai.djl.offline=true",
                        "-DOPT_OUT_TRACKING=true",
                        "-Dassay.home=$APPDIR",
                        "-XX:AOTCache=$APPDIR/assay.aot");
        assertThat(words).anyMatch(w -> w.startsWith("-Djava.library.path=" + app) && w.contains("highs"));
        assertThat(words).anyMatch(w -> w.startsWith("--enable-native-access"));
        // Every option of the JVM follows the word that says so.
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).startsWith("-D") || words.get(i).startsWith("-XX")) {
                assertThat(words.get(i - 1)).isEqualTo("--java-options");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Target.class)
    void theConsoleLauncherAndTheFileTypesAreThere(Target target) throws IOException {
        String launcher = after(image(target), "--add-launcher");
        assertThat(launcher).startsWith("assay-cli=");
        Properties console = read(Path.of(launcher.substring(launcher.indexOf('=') + 1)));
        assertThat(console.containsKey("win-console")).isEqualTo(target == Target.WINDOWS);
        for (String kind : List.of("onnx", "workspace", "patterns")) {
            Properties type = read(INSTALLER.resolve("launchers").resolve(kind + ".properties"));
            assertThat(type).containsKeys("extension", "mime-type", "description");
        }
    }

    private static Properties read(Path file) throws IOException {
        Properties properties = new Properties();
        try (var in = Files.newBufferedReader(file)) {
            properties.load(in);
        }
        return properties;
    }

    @Test
    void whatJpackageLooksForByNameLiesInTheTree() throws IOException {
        for (String name : List.of("linux/postinst", "linux/prerm", "linux/assay.spec", "linux/copyright",
                "linux/integration/assay.desktop", "linux/integration/assay-mime.xml", "linux/integration/desktop.sh",
                "macos/assay.entitlements", "windows/overrides.wxi", "check-deb")) {
            assertThat(INSTALLER.resolve(name)).isNotEmptyFile();
        }
        assertThat(Path.of("assets/icon")).isDirectoryContaining("glob:**assay.ico")
                .isDirectoryContaining("glob:**assay.icns")
                .isDirectoryContaining("glob:**assay.svg")
                .isDirectoryContaining("glob:**assay.png");
        assertThat(Files.readString(INSTALLER.resolve("linux/integration/assay.desktop")))
                .contains("%F", "application/x-onnx", "application/x-assay-workspace");
        assertThat(Packages.signing(INSTALLER, "Somebody")).contains("Somebody").allMatch(w -> !w.isBlank());
    }

    @Test
    void librariesOfOtherSystemsAreKnown() {
        assertThat(Natives.isForeign(Target.LINUX, "a/b.dll")).isTrue();
        assertThat(Natives.isForeign(Target.LINUX, "a/b.dylib")).isTrue();
        assertThat(Natives.isForeign(Target.LINUX, "a/b.so")).isFalse();
        assertThat(Natives.isForeign(Target.WINDOWS, "onnxruntime.pdb")).isTrue();
    }
}

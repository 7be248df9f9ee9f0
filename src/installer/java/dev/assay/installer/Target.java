package dev.assay.installer;

import java.util.List;
import java.util.Locale;

/** A system that an installer is made for; it is made on that system. */
enum Target {
    /** Debian, Fedora and their kin. */
    LINUX("linux-x86_64", "linux-x86_64", "linux-x64", "linux-x86-64", "Linux/x86_64", ".so", List.of("deb", "rpm")),
    /** macOS on Apple's own processors. */
    MACOS(
            "osx-aarch64", "macosx-arm64", "osx-aarch64", "darwin-aarch64", "Mac/aarch64", ".dylib",
            List.of("dmg", "pkg")),
    /** Windows. */
    WINDOWS(
            "win-x86_64", "windows-x86_64", "win-x64", "win32-x86-64", "Windows/x86_64", ".dll", List.of("msi"));

    private final String djl;
    private final String javacpp;
    private final String onnxRuntime;
    private final String jna;
    private final String sqlite;
    private final String ending;
    private final List<String> types;

    Target(
            String djl, String javacpp, String onnxRuntime, String jna, String sqlite, String ending,
            List<String> types) {
        this.djl = djl;
        this.javacpp = javacpp;
        this.onnxRuntime = onnxRuntime;
        this.jna = jna;
        this.sqlite = sqlite;
        this.ending = ending;
        this.types = types;
    }

    /** The system this runs on. */
    static Target here() {
        String name = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        return name.contains("win") ? WINDOWS : name.contains("mac") ? MACOS : LINUX;
    }

    /** The folder of this system's libraries in DJL's jars. */
    String djl() {
        return djl;
    }

    /** The classifier of this system in JavaCPP's jars. */
    String javacpp() {
        return javacpp;
    }

    /** The folder of this system's libraries in ONNX Runtime's jar. */
    String onnxRuntime() {
        return onnxRuntime;
    }

    /** The folder of this system's library in JNA's and OR-tools' jars. */
    String jna() {
        return jna;
    }

    /** The folder of this system's library in the SQLite driver's jar. */
    String sqlite() {
        return sqlite;
    }

    /** How the name of a library ends. */
    String ending() {
        return ending;
    }

    /** The types of its packages, as jpackage calls them. */
    List<String> types() {
        return types;
    }
}

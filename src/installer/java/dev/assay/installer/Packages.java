package dev.assay.installer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The argument lists of jlink and jpackage; nothing here touches the disk. */
final class Packages {

    /** The name of the start-up cache. */
    static final String CACHE = "assay.aot";

    /** Modules that are resolved at the start; the class path needs some that it does not name. */
    static final List<String> ROOT_MODULES =
            List.of("ALL-MODULE-PATH", "jdk.incubator.vector", "javafx.controls", "javafx.swing");

    /** What the libraries use, found with jdeps and by running everything. */
    static final List<String> MODULES = List.of(
            "java.base",
            "java.compiler",
            "java.desktop",
            "java.instrument",
            "java.logging",
            "java.management",
            "java.naming",
            "java.net.http",
            "java.scripting",
            "java.sql",
            "java.xml",
            "jdk.crypto.ec",
            "jdk.incubator.vector",
            "jdk.jsobject",
            "jdk.management",
            "jdk.unsupported",
            "jdk.unsupported.desktop",
            "jdk.zipfs",
            "javafx.controls",
            "javafx.swing");

    private static final String ID = "dev.assay.Assay";
    private static final String UPGRADE = "6f4a8c1e-5b0d-4b57-9c0a-2f7f6d1f3a52";
    private static final String ABOUT = "A workbench for analysing neural networks";

    private Packages() {}

    /**
     * The run-time image.
     *
     * @param javafx folder of JavaFX's jars
     */
    static List<String> jlink(Path javafx, Path image) {
        return List.of(
                "--module-path", javafx.toString(),
                "--add-modules", String.join(",", MODULES),
                "--no-man-pages",
                "--no-header-files",
                "--strip-java-debug-attributes",
                "--compress", "zip-6",
                "--output", image.toString());
    }

    /**
     * The program's folder, which every package is made of.
     *
     * @param input jars and natives
     * @param launchers folder of the second launcher's properties
     * @param options of the JVM
     */
    static List<String> image(
            Target target, String version, Path runtime, Path input, String mainJar, Path icon, Path launchers,
            List<String> options, Path destination) {
        List<String> words = new ArrayList<>(List.of(
                "--type", "app-image",
                "--name", name(target),
                "--app-version", version(target, version),
                "--vendor", "Assay",
                "--description", ABOUT,
                "--runtime-image", runtime.toString(),
                "--input", input.toString(),
                "--main-jar", mainJar,
                "--main-class", "dev.assay.Assay",
                "--icon", icon.toString(),
                "--add-launcher", "assay-cli=" + launchers.resolve(cli(target)),
                "--dest", destination.toString()));
        for (String option : options) {
            words.add("--java-options");
            words.add(option);
        }
        if (target == Target.MACOS) {
            words.addAll(List.of("--mac-package-identifier", ID, "--mac-package-name", "Assay"));
            // On macOS the associations are part of the program itself.
            associations(words, launchers);
        }
        return words;
    }

    private static String cli(Target target) {
        return target == Target.WINDOWS ? "assay-cli-windows.properties" : "assay-cli.properties";
    }

    /**
     * A package. jpackage is called once for each type, as it refuses the options of another.
     *
     * @param image the program's folder
     * @param installer the project's folder {@code installer}
     */
    static List<String> of(
            Target target, String type, String version, Path image, Path installer, Path licence, Path destination) {
        List<String> words = new ArrayList<>(List.of(
                "--type", type,
                "--name", name(target),
                "--app-version", version(target, version),
                "--app-image", image.toString(),
                "--vendor", "Assay",
                "--description", ABOUT,
                "--dest", destination.toString()));
        Path resources = installer.resolve(switch (target) {
            case LINUX -> "linux";
            case MACOS -> "macos";
            case WINDOWS -> "windows";
        });
        words.addAll(List.of("--resource-dir", resources.toString()));
        if (target != Target.LINUX) {
            words.addAll(List.of("--license-file", licence.toString()));
        }
        switch (type) {
            case "deb" -> words.addAll(List.of(
                    "--linux-package-name", "assay",
                    "--linux-app-category", "science",
                    "--linux-deb-maintainer", "assay@example.org",
                    "--linux-package-deps",
                    "libgtk-3-0 | libgtk-3-0t64, libgl1, libxtst6, libpango-1.0-0, libfreetype6"));
            case "rpm" -> words.addAll(List.of(
                    "--linux-package-name", "assay",
                    "--linux-app-category", "Applications/Science",
                    "--linux-rpm-license-type", "see licenses",
                    "--linux-package-deps", "gtk3, libglvnd-glx, libXtst, pango, freetype"));
            case "msi" -> {
                words.addAll(List.of(
                        "--win-upgrade-uuid", UPGRADE,
                        "--win-dir-chooser",
                        "--win-menu",
                        "--win-menu-group", "Assay",
                        "--win-shortcut-prompt",
                        "--win-per-user-install"));
                associations(words, installer.resolve("launchers"));
            }
            case "dmg", "pkg" -> words.addAll(List.of("--mac-package-identifier", ID));
            default -> throw new IllegalArgumentException("no package of type " + type);
        }
        return words;
    }

    private static void associations(List<String> words, Path folder) {
        for (String kind : List.of("onnx", "workspace", "patterns")) {
            words.add("--file-associations");
            words.add(folder.resolve(kind + ".properties").toString());
        }
    }

    /** Signing on macOS, added to the image's and the package's words when there is an identity. */
    static List<String> signing(Path installer, String identity) {
        return List.of(
                "--mac-sign",
                "--mac-signing-key-user-name", identity,
                "--mac-entitlements", installer.resolve("macos").resolve("assay.entitlements").toString());
    }

    static String name(Target target) {
        return target == Target.LINUX ? "assay" : "Assay";
    }

    /** macOS takes no version that starts with 0; there 0.x.y is 1.x.y. */
    static String version(Target target, String version) {
        String plain = version.replaceFirst("-.*", "");
        return target == Target.MACOS && plain.startsWith("0.") ? "1" + plain.substring(1) : plain;
    }
}

package dev.assay.installer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Lays native libraries beside the program, so that nothing is unpacked when it starts. What stays of the jars goes on the
 * class path; jars that held nothing else are left out.
 */
final class Natives {

    /** One moment for all files, so that the same input makes the same folder. */
    static final FileTime TIME = FileTime.fromMillis(1_767_225_600_000L);

    private final Target target;
    private final Path input;
    private final Path natives;

    /**
     * Natives of a package.
     *
     * @param input where the class path's jars go; natives go into its folder {@code natives}
     */
    Natives(Target target, Path input) {
        this.target = target;
        this.input = input;
        this.natives = input.resolve("natives");
    }

    /** Takes over one jar of the tree. */
    void take(Path jar) throws IOException {
        String name = jar.getFileName().toString();
        if (name.startsWith("pytorch-native-")) {
            extract(jar, e -> e.startsWith("pytorch/cpu/" + target.djl() + "/"), "pytorch");
        } else if (name.startsWith("pytorch-jni-")) {
            extract(jar, e -> e.startsWith("jnilib/" + target.djl() + "/cpu/"), "pytorch");
            // What joins a PyTorch with CUDA that the user has installed stays in the jar, where DJL looks for it.
            strip(jar, e -> e.startsWith("jnilib/") && !e.startsWith("jnilib/" + target.djl() + "/cu"));
        } else if (name.startsWith("onnxruntime-") && !name.startsWith("onnxruntime-engine")) {
            String folder = "ai/onnxruntime/native/";
            extract(jar, e -> e.startsWith(folder + target.onnxRuntime() + "/") && isLibrary(e), "ort");
            strip(jar, e -> e.startsWith(folder));
        } else if (name.endsWith("-" + target.javacpp() + ".jar")) {
            extract(jar, this::isLibrary, "nd4j");
        } else if (name.startsWith("sqlite-jdbc-")) {
            String folder = "org/sqlite/native/";
            extract(jar, e -> e.startsWith(folder + target.sqlite() + "/"), "sqlite");
            strip(jar, e -> e.startsWith(folder));
        } else if (name.startsWith("jna-") && !name.startsWith("jna-platform")) {
            extract(jar, e -> e.startsWith("com/sun/jna/" + target.jna() + "/"), "jna");
            strip(jar, e -> e.startsWith("com/sun/jna/") && e.contains("jnidispatch"));
        } else if (name.startsWith("lwjgl-") && name.contains("-natives-")) {
            extract(jar, this::isLibrary, "lwjgl");
        } else if (name.startsWith("ortools-" + target.jna())) {
            // Of all solvers only HiGHS is used, and it needs no other library.
            extract(jar, e -> e.matches("ortools-" + target.jna() + "/(lib)?highs\\..*"), "highs");
        } else {
            copy(jar, input.resolve(name));
        }
    }

    private boolean isLibrary(String entry) {
        String file = entry.substring(entry.lastIndexOf('/') + 1);
        return file.endsWith(target.ending()) || file.matches(".*\\.so\\.[0-9.]+");
    }

    private void extract(Path jar, Predicate<String> wanted, String folder) throws IOException {
        Path to = natives.resolve(folder);
        Files.createDirectories(to);
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : zip.stream().filter(e -> !e.isDirectory()).toList()) {
                if (wanted.test(entry.getName())) {
                    Path file = to.resolve(entry.getName().substring(entry.getName().lastIndexOf('/') + 1));
                    try (InputStream in = zip.getInputStream(entry)) {
                        Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
                    }
                    Files.setLastModifiedTime(file, TIME);
                }
            }
        }
    }

    private void strip(Path jar, Predicate<String> dropped) throws IOException {
        Path to = input.resolve(jar.getFileName());
        try (ZipFile zip = new ZipFile(jar.toFile());
                OutputStream file = Files.newOutputStream(to);
                ZipOutputStream out = new ZipOutputStream(file)) {
            for (ZipEntry entry : zip.stream().toList()) {
                if (!dropped.test(entry.getName()) || entry.isDirectory()) {
                    ZipEntry copy = new ZipEntry(entry.getName());
                    copy.setLastModifiedTime(TIME);
                    out.putNextEntry(copy);
                    try (InputStream in = zip.getInputStream(entry)) {
                        in.transferTo(out);
                    }
                    out.closeEntry();
                }
            }
        }
        Files.setLastModifiedTime(to, TIME);
    }

    static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        Files.setLastModifiedTime(to, TIME);
    }

    /**
     * Libraries that are asked for under several names: one copy each, the other names are links to it. OpenBLAS has to lie
     * under the one name that ND4J's bridge is linked to: found under its own, JavaCPP would copy it into the user's home to
     * give it the other. Who asks for its own name finds it loaded, as that is the name inside the file.
     */
    void linkNames() throws IOException {
        Path folder = natives.resolve("nd4j");
        if (target != Target.LINUX || !Files.isDirectory(folder)) {
            return;
        }
        dropDoubles(folder);
        Path blas = folder.resolve("libopenblas.so.0");
        if (Files.exists(blas)) {
            Path name = folder.resolve("libopenblas_nolapack.so.0");
            Files.deleteIfExists(name);
            Files.move(blas, name);
        }
    }

    private static void dropDoubles(Path folder) throws IOException {
        List<Path> kept = new ArrayList<>();
        for (Path file : files(folder)) {
            if (Files.isSymbolicLink(file)) {
                continue;
            }
            for (Path other : kept) {
                if (Files.size(file) == Files.size(other) && Files.mismatch(file, other) < 0) {
                    Files.delete(file);
                    Files.createSymbolicLink(file, other.getFileName());
                    break;
                }
            }
            if (!Files.isSymbolicLink(file)) {
                kept.add(file);
            }
        }
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> list = Files.list(folder)) {
            return list.sorted().toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** The names of the folders that hold something. */
    List<String> folders() throws IOException {
        return files(natives).stream().map(p -> p.getFileName().toString()).toList();
    }

    /** Whether a file of the package is a library of another system. */
    static boolean isForeign(Target target, String name) {
        return Arrays.stream(Target.values())
                .filter(t -> t != target)
                .anyMatch(t -> name.endsWith(t.ending()))
                || name.endsWith(".pdb")
                || name.contains(".dSYM");
    }
}

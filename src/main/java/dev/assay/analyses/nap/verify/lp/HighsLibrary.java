package dev.assay.analyses.nap.verify.lp;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_DOUBLE;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/**
 * The C interface of HiGHS, from the library that OR-tools' jar of this platform brings. In an installed program it lies
 * on {@code java.library.path}, else it is unpacked into the temporary folder. Made once; where there is none for this
 * system, making it fails with an {@link IllegalStateException}.
 */
final class HighsLibrary {

    /** The type of HiGHS's callback: what happened, a message, what it says, what it may be told, our own data. */
    static final FunctionDescriptor CALLBACK =
            FunctionDescriptor.ofVoid(JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS);

    private final Linker linker = Linker.nativeLinker();
    private final SymbolLookup symbols = SymbolLookup.libraryLookup(file(), Arena.global());

    final MethodHandle create = function("Highs_create", ADDRESS);
    final MethodHandle destroy = procedure("Highs_destroy", ADDRESS);
    final MethodHandle setBool = function("Highs_setBoolOptionValue", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
    final MethodHandle setInt = function("Highs_setIntOptionValue", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
    final MethodHandle setDouble = function("Highs_setDoubleOptionValue", JAVA_INT, ADDRESS, ADDRESS, JAVA_DOUBLE);
    final MethodHandle setString = function("Highs_setStringOptionValue", JAVA_INT, ADDRESS, ADDRESS, ADDRESS);
    final MethodHandle setCallback = function("Highs_setCallback", JAVA_INT, ADDRESS, ADDRESS, ADDRESS);
    final MethodHandle startCallback = function("Highs_startCallback", JAVA_INT, ADDRESS, JAVA_INT);
    /** Columns, rows, entries, format, sense, offset, costs, column ends, row ends, starts, indices, values, integrality. */
    final MethodHandle passMip = function(
            "Highs_passMip", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_DOUBLE, ADDRESS,
            ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    final MethodHandle run = function("Highs_run", JAVA_INT, ADDRESS);
    final MethodHandle status = function("Highs_getModelStatus", JAVA_INT, ADDRESS);
    final MethodHandle solution =
            function("Highs_getSolution", JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
    final MethodHandle intInfo = function("Highs_getIntInfoValue", JAVA_INT, ADDRESS, ADDRESS, ADDRESS);
    final MethodHandle doubleInfo = function("Highs_getDoubleInfoValue", JAVA_INT, ADDRESS, ADDRESS, ADDRESS);

    /** The linker, for callbacks. */
    Linker linker() {
        return linker;
    }

    private MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
        return handle(name, FunctionDescriptor.of(result, arguments));
    }

    private MethodHandle procedure(String name, MemoryLayout... arguments) {
        return handle(name, FunctionDescriptor.ofVoid(arguments));
    }

    private MethodHandle handle(String name, FunctionDescriptor type) {
        return linker.downcallHandle(symbols.findOrThrow(name), type);
    }

    private static Path file() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86-64";
        if (system.startsWith("windows")) {
            return file("ortools-win32-" + processor, "highs.dll");
        }
        return system.startsWith("mac")
                ? file("ortools-darwin-" + processor, "libhighs.1.dylib")
                : file("ortools-linux-" + processor, "libhighs.so.1");
    }

    /** The library as a file: one that lies on the path, or that of the jar's folder, unpacked. */
    private static Path file(String jarFolder, String name) {
        for (String folder : System.getProperty("java.library.path", "").split(File.pathSeparator)) {
            Path file = Path.of(folder).resolve(name);
            if (!folder.isEmpty() && Files.isRegularFile(file)) {
                return file.toAbsolutePath();
            }
        }
        return unpack("/" + jarFolder + "/" + name, name);
    }

    private static Path unpack(String resource, String name) {
        try (InputStream in = HighsLibrary.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the solver HiGHS is not there: " + resource
                        + " is neither on the class path nor is " + name + " on java.library.path");
            }
            Path folder = Files.createTempDirectory("assay-highs");
            Path file = folder.resolve(name);
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            // In this order: the last one named is deleted first.
            folder.toFile().deleteOnExit();
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new IllegalStateException("the solver HiGHS cannot be unpacked: " + e.getMessage(), e);
        }
    }
}

package dev.assay.model;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the engines of others run: PyTorch with the natives that come with Assay, which know the processor only, with
 * DJL's CUDA flavour on the class path, or with those of an installed PyTorch; ONNX Runtime with its CUDA provider when
 * the artifact with it is there.
 */
public final class Engines {

    /** DJL's own name of the property that names a folder with PyTorch's natives. */
    public static final String PYTORCH_FOLDER = "PYTORCH_LIBRARY_PATH";

    private static final Logger LOG = LoggerFactory.getLogger(Engines.class);
    private static final String PYTORCH = "PyTorch";
    /** Where the installed program lies, with natives of its own. */
    private static final String HOME = "assay.home";

    /** One of these lies in every folder of PyTorch's natives. */
    private static final List<String> LIBRARIES = List.of("libtorch_cpu.so", "torch_cpu.dll", "libtorch_cpu.dylib");

    /** The only version that DJL's natives go with. */
    private static final String VERSION = "2.7.1";
    /** Where a Python package and an archive of libtorch have their version. */
    private static final List<String> VERSION_FILES = List.of("version.py", "build-version");

    private static final Pattern NUMBERS = Pattern.compile("\\d+\\.\\d+\\.\\d+");

    private Engines() {}

    /**
     * Makes PyTorch start from a folder; only before it has started. A folder that the user gave on the command line
     * wins; that of the installed program does not.
     *
     * @param folder with PyTorch's natives, {@code torch/lib} of an installed PyTorch; empty for those of Assay
     * @return why the folder is not used, one sentence; empty when it is
     */
    public static String usePyTorchOf(String folder) {
        String given = System.getProperty(PYTORCH_FOLDER);
        String home = System.getProperty(HOME);
        boolean ours = given == null || home != null && given.startsWith(home);
        if (folder.isBlank() || !ours) {
            return "";
        }
        String problem = problemOf(Path.of(folder));
        if (problem.isEmpty()) {
            System.setProperty(PYTORCH_FOLDER, folder);
            LOG.info("PyTorch starts from {}", folder);
        }
        return problem;
    }

    /** Why a folder cannot be one with PyTorch's natives that Assay can use, one sentence; empty when it can. */
    public static String problemOf(Path folder) {
        if (!Files.isDirectory(folder)) {
            return "There is no folder " + folder + "; PyTorch starts from its own natives.";
        }
        if (LIBRARIES.stream().noneMatch(name -> Files.isRegularFile(folder.resolve(name)))) {
            return "The folder " + folder + " holds no PyTorch (" + String.join(", ", LIBRARIES)
                    + "); choose torch/lib of an installed PyTorch " + VERSION + ".";
        }
        // DJL's natives start with those of another version, too, and fail in the middle of a run.
        return versionOf(folder)
                .filter(version -> !version.equals(VERSION))
                .map(version -> "The folder " + folder + " holds PyTorch " + version + ", but Assay can use only "
                        + VERSION + "; PyTorch starts from its own natives.")
                .orElse("");
    }

    /** The version of a folder's PyTorch as it is written beside the folder, e.g. {@code 2.7.1}; empty where it is not. */
    private static Optional<String> versionOf(Path folder) {
        for (String name : VERSION_FILES) {
            Path file = folder.toAbsolutePath().normalize().resolveSibling(name);
            if (Files.isRegularFile(file)) {
                try {
                    Matcher version = NUMBERS.matcher(Files.readString(file));
                    if (version.find()) {
                        return Optional.of(version.group());
                    }
                } catch (IOException e) {
                    LOG.info("the version of PyTorch in {} cannot be read", file, e);
                }
            }
        }
        return Optional.empty();
    }

    /**
     * The device for PyTorch. Starts the engine.
     *
     * @param graphics whether a graphics processor may be used
     */
    public static Device pyTorch(boolean graphics) {
        return graphics && Engine.getEngine(PYTORCH).getGpuCount() > 0 ? Device.gpu() : Device.cpu();
    }

    /** Whether ONNX Runtime can use CUDA here. Loads it. */
    public static boolean onnxRuntimeHasCuda() {
        return OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA);
    }

    /** What PyTorch runs on, in one line; starts it. */
    public static String pyTorchStatus() {
        Engine engine = Engine.getEngine(PYTORCH);
        String folder = System.getProperty(PYTORCH_FOLDER);
        int gpus = engine.getGpuCount();
        return "version " + engine.getVersion() + (folder == null ? "" : " from " + folder) + ", "
                + (gpus > 0
                        ? gpus + (gpus == 1 ? " graphics processor" : " graphics processors")
                        : "the processor only (CUDA needs the folder of an installed PyTorch, chosen in the preferences)");
    }

    /** What ONNX Runtime runs on, in one line; loads it. */
    public static String onnxRuntimeStatus() {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (Stream<OrtProvider> providers = OrtEnvironment.getAvailableProviders().stream()) {
            return "version " + environment.getVersion() + ", runs on "
                    + providers.map(p -> p.toString().toLowerCase(Locale.ROOT)).collect(Collectors.joining(", "))
                    + (onnxRuntimeHasCuda()
                            ? ""
                            : " (CUDA needs onnxruntime_gpu in place of onnxruntime)");
        }
    }
}

package dev.assay.model;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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

    /** Why a folder cannot be one with PyTorch's natives, one sentence; empty when it can. */
    public static String problemOf(Path folder) {
        if (!Files.isDirectory(folder)) {
            return "There is no folder " + folder + "; PyTorch starts from its own natives.";
        }
        return LIBRARIES.stream().anyMatch(name -> Files.isRegularFile(folder.resolve(name)))
                ? ""
                : "The folder " + folder + " holds no PyTorch (" + String.join(", ", LIBRARIES)
                        + "); choose torch/lib of an installed PyTorch 2.7.1.";
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

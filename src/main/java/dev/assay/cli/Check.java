package dev.assay.cli;

import dev.assay.compute.Device;
import dev.assay.compute.Devices;
import dev.assay.model.Engines;
import dev.assay.run.Catalogue;
import dev.assay.run.Environment;
import dev.assay.text.Numbers;
import dev.assay.workspace.PyTorchFolder;
import dev.assay.workspace.UserFolders;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Looks at one thing after the other, each guarded: what fails is told and does not stop the rest. */
final class Check {

    private static final int LIMIT_SECONDS = 90;

    private Check() {}

    /**
     * What was found.
     *
     * @param what the thing
     * @param works whether it works here
     * @param text version and facts, or why it does not work
     * @param seconds how long it took to find out
     */
    record Finding(String what, boolean works, String text, double seconds) {}

    /** Looks at everything. Takes some seconds, as the engines are really started. */
    static List<Finding> all(Catalogue catalogue) {
        Environment here = Environment.detect();
        List<Finding> findings = new ArrayList<>();
        findings.add(look("Assay", here::assay));
        findings.add(look("Java", () -> here.java() + ", " + System.getProperty("java.home")));
        findings.add(look("system", here::os));
        findings.add(look("processor", here::cpu));
        findings.add(look("memory", Check::memory));
        devices(findings);
        findings.add(look("analyses", () -> analyses(catalogue)));
        findings.add(look("ONNX Runtime", Engines::onnxRuntimeStatus));
        findings.add(look("PyTorch", Check::pyTorch));
        findings.add(look("ND4J", Check::nd4j));
        findings.add(look("SQLite", Check::sqlite));
        findings.add(look("JavaFX", Check::javaFx));
        findings.add(look("display", Check::display));
        findings.add(look("settings", Check::settings));
        return findings;
    }

    /** Every device, tried out. */
    private static void devices(List<Finding> findings) {
        Devices devices = Devices.detect();
        for (Device device : devices.all()) {
            findings.add(look("device " + device.id(), () -> {
                devices.tryOut(device);
                return text(device);
            }));
        }
        for (Device device : devices.unusable()) {
            findings.add(look("device " + device.id(), () -> {
                throw new IllegalStateException(text(device) + ": " + device.facts().problem());
            }));
        }
        devices.absences().forEach(why -> findings.add(look("graphics", () -> why)));
    }

    private static String text(Device device) {
        String details = device.details();
        String last = device.kind() == Device.Kind.OPENCL ? "; only used when it is named" : "";
        return device.name() + (details.isEmpty() ? "" : ", " + details) + last;
    }

    private static Finding look(String what, Callable<String> question) {
        long begun = System.nanoTime();
        FutureTask<String> task = new FutureTask<>(question);
        Thread.ofPlatform().name("assay-check-" + what).daemon().start(task);
        boolean works = false;
        String text;
        try {
            text = task.get(LIMIT_SECONDS, TimeUnit.SECONDS);
            works = true;
        } catch (ExecutionException e) {
            text = root(e);
        } catch (TimeoutException e) {
            text = "no answer within " + LIMIT_SECONDS + " s";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            text = "interrupted";
        }
        return new Finding(what, works, text, (System.nanoTime() - begun) / 1e9);
    }

    private static String root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        if (root instanceof IllegalStateException && root.getMessage() != null) {
            return root.getMessage();
        }
        String message = root.getMessage() == null ? "" : ": " + root.getMessage().lines().findFirst().orElse("");
        return root.getClass().getSimpleName() + message;
    }

    private static String memory() {
        var system = ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class);
        return "heap up to " + Numbers.bytes(Runtime.getRuntime().maxMemory()) + ", machine "
                + Numbers.bytes(system.getTotalMemorySize()) + " of which "
                + Numbers.bytes(system.getFreeMemorySize()) + " free";
    }

    private static String analyses(Catalogue catalogue) {
        if (!catalogue.problems().isEmpty()) {
            throw new IllegalStateException(String.join("; ", catalogue.problems()));
        }
        return catalogue.analyses().size() + " analyses, " + catalogue.kinds().size() + " kinds of input";
    }

    private static String pyTorch() {
        String problem = PyTorchFolder.apply();
        if (!problem.isEmpty()) {
            throw new IllegalStateException(problem);
        }
        return Engines.pyTorchStatus();
    }

    /** By name, since nothing but models, data and analyses may use engines in its code. */
    private static String nd4j() throws ReflectiveOperationException {
        Object array = Class.forName("org.nd4j.linalg.factory.Nd4j")
                .getMethod("ones", int[].class)
                .invoke(null, (Object) new int[] {2, 2});
        Object sum = Class.forName("org.nd4j.linalg.api.ndarray.INDArray")
                .getMethod("sumNumber")
                .invoke(array);
        if (((Number) sum).doubleValue() != 4) {
            throw new IllegalStateException("1+1+1+1 came out as " + sum);
        }
        return "version " + Environment.detect().libraries().getOrDefault("nd4j-native", "unknown");
    }

    private static String sqlite() throws Exception {
        try (var connection = DriverManager.getConnection("jdbc:sqlite::memory:");
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT sqlite_version()")) {
            rows.next();
            return "version " + rows.getString(1);
        }
    }

    private static String javaFx() throws Exception {
        Class<?> scene = Class.forName("javafx.scene.Scene");
        try (InputStream in = scene.getResourceAsStream("/javafx.properties")) {
            Properties properties = new Properties();
            if (in != null) {
                properties.load(in);
            }
            return "version " + properties.getProperty("javafx.version", "unknown");
        }
    }

    private static String display() {
        boolean linux = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
        boolean headless = "Headless".equals(System.getProperty("glass.platform"));
        if (headless) {
            return "JavaFX's headless platform";
        }
        if (linux && System.getenv("DISPLAY") == null && System.getenv("WAYLAND_DISPLAY") == null) {
            throw new IllegalStateException(
                    "neither DISPLAY nor WAYLAND_DISPLAY is set, so the window cannot open; commands work without it");
        }
        return "there is one";
    }

    private static String settings() {
        Path config = UserFolders.find().config();
        Path there = config;
        while (there != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (there == null || !Files.isWritable(there)) {
            throw new IllegalStateException(config + " may not be written; settings will not be kept");
        }
        return config.toString();
    }
}

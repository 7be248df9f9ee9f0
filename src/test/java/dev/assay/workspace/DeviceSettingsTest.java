package dev.assay.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.compute.CostModel;
import dev.assay.compute.Device;
import dev.assay.model.Engines;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the settings keep of devices and engines. */
class DeviceSettingsTest {

    @TempDir
    private Path folder;

    private String before;

    private static Device card(String driver) {
        return new Device(
                "gpu:0", "a card", Device.Kind.GPU, new Device.Facts("maker", 8L << 30, driver, "OpenCL 3.0", 10, ""));
    }

    @BeforeEach
    void clear() {
        before = System.clearProperty(Engines.PYTORCH_FOLDER);
    }

    @AfterEach
    void restore() {
        System.clearProperty(Engines.PYTORCH_FOLDER);
        if (before != null) {
            System.setProperty(Engines.PYTORCH_FOLDER, before);
        }
    }

    @Test
    void costsAreKeptByDeviceAndDriverUntilTheNextStart() {
        CostModel model = new CostModel(1e-5, 1e10, 2e10, Map.of("Kernel", new CostModel.Rate(1, 2)));
        Path file = folder.resolve("settings.json");
        try (SettingsFile settings = SettingsFile.load(file)) {
            MeasuredDevices measured = new MeasuredDevices(settings);
            assertThat(measured.find(card("1"))).isEmpty();
            measured.keep(card("1"), model);
        }
        try (SettingsFile settings = SettingsFile.load(file)) {
            MeasuredDevices measured = new MeasuredDevices(settings);
            assertThat(measured.find(card("1"))).contains(model);
            assertThat(measured.find(card("2"))).as("another driver").isEmpty();
        }
    }

    @Test
    void damagedCostsAreMeasuredAgain() {
        try (SettingsFile settings = SettingsFile.load(folder.resolve("settings.json"))) {
            settings.update(s -> s.with("device.costs.a card.1", "nonsense"));
            assertThat(new MeasuredDevices(settings).find(card("1"))).isEmpty();
        }
    }

    @Test
    void pyTorchStartsFromTheChosenFolderIfItHoldsOne() throws Exception {
        Settings none = Settings.defaults();
        assertThat(PyTorchFolder.apply(none)).isEmpty();
        assertThat(System.getProperty(Engines.PYTORCH_FOLDER)).isNull();

        Settings chosen = PyTorchFolder.with(none, folder.toString());
        assertThat(PyTorchFolder.apply(chosen)).contains("holds no PyTorch");
        assertThat(PyTorchFolder.apply(PyTorchFolder.with(none, folder.resolve("gone").toString())))
                .contains("There is no folder");
        assertThat(System.getProperty(Engines.PYTORCH_FOLDER)).isNull();

        Files.createFile(folder.resolve("libtorch_cpu.so"));
        assertThat(PyTorchFolder.apply(chosen)).isEmpty();
        assertThat(System.getProperty(Engines.PYTORCH_FOLDER)).isEqualTo(folder.toString());
    }

    @Test
    void anotherVersionOfPyTorchIsNamed() throws Exception {
        Path libraries = Files.createDirectories(folder.resolve("torch/lib"));
        Files.createFile(libraries.resolve("libtorch_cpu.so"));
        Path version = libraries.resolveSibling("version.py");

        Files.writeString(version, "__version__ = '2.11.0+cu130'\ndebug = False\ncuda = '13.0'\n");
        assertThat(Engines.problemOf(libraries)).contains("holds PyTorch 2.11.0").contains("only 2.7.1");

        Files.writeString(version, "__version__ = '2.7.1+cu128'\n");
        assertThat(Engines.problemOf(libraries)).isEmpty();
    }

    @Test
    void aFolderFromTheCommandLineWins() throws Exception {
        Files.createFile(folder.resolve("libtorch_cpu.so"));
        System.setProperty(Engines.PYTORCH_FOLDER, "given");

        assertThat(PyTorchFolder.apply(PyTorchFolder.with(Settings.defaults(), folder.toString()))).isEmpty();

        assertThat(System.getProperty(Engines.PYTORCH_FOLDER)).isEqualTo("given");
    }
}

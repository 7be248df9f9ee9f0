package dev.assay.ui.tabs;

import atlantafx.base.theme.Styles;
import dev.assay.compute.CostModels;
import dev.assay.compute.Device;
import dev.assay.compute.Devices;
import dev.assay.compute.measure.KernelSpeed;
import dev.assay.compute.measure.Measurement;
import dev.assay.ui.Icons;
import dev.assay.ui.Strip;
import dev.assay.ui.Texts;
import dev.assay.ui.view.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableStringValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** The devices of this machine, whether they work, and how fast the kernels are on them. JavaFX thread only. */
public final class DevicesTab implements TabContent {

    /** The tab's key. */
    public static final String KEY = "devices";

    private final Devices devices;
    private final int threads;
    private final CostModels costs;
    private final Worker worker = new Worker("assay-measure", 1);
    private final ReadOnlyStringWrapper title = new ReadOnlyStringWrapper(Texts.of("devices.title"));
    private final VBox list = new VBox(12);
    private final Button measure = new Button(Texts.of("devices.measure"), Icons.of("fth-activity"));
    private final Button cancel = new Button(Texts.of("cancel"));
    private final ProgressBar bar = new ProgressBar(0);
    private final Label step = new Label();
    private final HBox progress = new HBox(12, bar, step, cancel);
    private final VBox strips = new VBox(8);
    private final KernelGrid grid = new KernelGrid();
    private final ScrollPane scroll;
    private volatile boolean cancelled;

    /**
     * Tries every device out in the background.
     *
     * @param threads of the processor to measure with
     * @param costs takes up what is measured of graphics processors
     */
    public DevicesTab(Devices devices, int threads, CostModels costs) {
        this.devices = devices;
        this.threads = threads;
        this.costs = costs;
        Label heading = new Label(Texts.of("devices.title"));
        heading.getStyleClass().add("page-title");
        Label text = muted(Texts.of("devices.what"));
        text.setWrapText(true);
        devices.all().forEach(d -> list.getChildren().add(new DeviceRow(d)));
        devices.unusable().forEach(d -> list.getChildren().add(new DeviceRow(d)));
        devices.absences().forEach(why -> list.getChildren().add(muted(sentence(why))));
        measure.setId("measure");
        measure.getStyleClass().add(Styles.ACCENT);
        measure.setOnAction(e -> start());
        cancel.setId("measure-cancel");
        cancel.setOnAction(e -> stop());
        bar.setPrefWidth(240);
        step.setId("measure-step");
        step.getStyleClass().add(Styles.TEXT_MUTED);
        progress.setAlignment(Pos.CENTER_LEFT);
        strips.managedProperty().bind(Bindings.isNotEmpty(strips.getChildren()));
        showing(false);
        VBox page = new VBox(16, heading, text, list, new HBox(measure), progress, strips, grid);
        page.getStyleClass().addAll("inspector-page", "devices-page");
        scroll = new ScrollPane(page);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().addAll("assay-tab", "edge-to-edge");
        scroll.setId("devices-tab");
        tryOut();
    }

    private static Label muted(String text) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.getStyleClass().add(Styles.TEXT_MUTED);
        return label;
    }

    private static String sentence(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }

    private void tryOut() {
        for (Node node : list.getChildren()) {
            if (node instanceof DeviceRow row && row.device().usable()) {
                worker.submit(() -> {
                    devices.tryOut(row.device());
                    return true;
                }, works -> row.show(true, Texts.of("devices.works")),
                        problem -> row.show(false, RunStrips.message(problem)));
            }
        }
    }

    private void start() {
        cancelled = false;
        strips.getChildren().clear();
        grid.clear();
        showing(true);
        bar.setProgress(0);
        step.setText(Texts.of("devices.making"));
        worker.submit(this::measure, lines -> showing(false), problem -> {
            showing(false);
            if (!(problem instanceof CancellationException)) {
                strips.getChildren().add(new Strip(Strip.Kind.ERROR, RunStrips.message(problem)));
            }
        });
    }

    /** On the tab's thread. */
    private List<KernelSpeed> measure() {
        Measurement measurement = new Measurement(devices, threads, new Measurement.Watcher() {
            @Override
            public void step(int done, int total, String what) {
                Platform.runLater(() -> {
                    bar.setProgress((double) done / total);
                    step.setText(what);
                });
            }

            @Override
            public void checkCancelled() {
                DevicesTab.this.checkCancelled();
            }

            @Override
            public void measured(KernelSpeed line) {
                Platform.runLater(() -> grid.add(line));
            }
        });
        List<KernelSpeed> lines = new ArrayList<>(measurement.run(devices.all()));
        for (Device device : devices.all()) {
            if (device.kind() == Device.Kind.GPU) {
                costs.keep(device, Measurement.costs(devices, device, threads, this::checkCancelled));
            }
        }
        return lines;
    }

    private void checkCancelled() {
        if (cancelled || worker.isClosed()) {
            throw new CancellationException("stopped");
        }
    }

    private void stop() {
        cancelled = true;
        step.setText(Texts.of("devices.stopping"));
    }

    private void showing(boolean measuring) {
        measure.setDisable(measuring);
        progress.setVisible(measuring);
        progress.setManaged(measuring);
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public ObservableStringValue title() {
        return title.getReadOnlyProperty();
    }

    @Override
    public String icon() {
        return "fth-cpu";
    }

    @Override
    public Node node() {
        return scroll;
    }

    @Override
    public void close() {
        worker.close();
    }
}

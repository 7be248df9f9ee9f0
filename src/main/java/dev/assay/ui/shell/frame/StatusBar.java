package dev.assay.ui.shell.frame;

import dev.assay.text.Numbers;
import dev.assay.ui.Icons;
import dev.assay.ui.Texts;
import dev.assay.ui.Tips;
import dev.assay.ui.shell.jobs.Memory;
import java.util.List;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Cursor;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Separator;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;

/** The line at the bottom: device, queue, background work, memory of the heap and of the whole process. */
public final class StatusBar extends HBox {

    private final Label device = item("status-device", "fth-cpu");
    private final Label queue = item("status-queue", "fth-list");
    private final Label work = item("status-work", "fth-loader");
    private final Label memory = item("status-memory", "fth-activity");
    private final ProgressBar heap = new ProgressBar(0);

    /** Nothing known yet. */
    public StatusBar() {
        setId("status-bar");
        getStyleClass().add("assay-status-bar");
        setAlignment(Pos.CENTER_LEFT);
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        heap.setAccessibleText(Texts.of("memory.name"));
        heap.getStyleClass().add("heap-bar");
        work.setVisible(false);
        getChildren().addAll(device, line(), queue, space, work, heap, memory);
        showQueue(0, 0);
        showDevice("");
    }

    private static Separator line() {
        return new Separator(Orientation.VERTICAL);
    }

    private static Label item(String id, String icon) {
        Label label = new Label("", Icons.of(icon));
        label.setId(id);
        label.getStyleClass().add("caption");
        return label;
    }

    /** The device that automatic runs use; empty while it is being found out. */
    public void showDevice(String name) {
        device.setText(name.isEmpty() ? Texts.of("status.devices.looking") : name);
    }

    /** The device that the latest run uses, or has really used in the end. */
    public void showUse(String name, boolean running) {
        device.setText(name);
        Tips.on(
                device,
                Texts.of(running ? "status.device.running" : "status.device.last"));
    }

    /** What a click on the device does. */
    public void onDevice(Runnable show) {
        device.setCursor(Cursor.HAND);
        device.setOnMouseClicked(e -> show.run());
        Tips.on(device, Texts.of("status.device.auto"));
    }

    /** How many runs work and wait. */
    public void showQueue(int running, int queued) {
        String text = running == 0 && queued == 0
                ? Texts.of("status.idle")
                : queued == 0 ? Texts.of("status.running", running) : Texts.of("status.waiting", running, queued);
        queue.setText(text);
    }

    /** What is being done in the background. */
    public void showWork(List<String> current) {
        work.setVisible(!current.isEmpty());
        if (!current.isEmpty()) {
            work.setText(current.size() == 1 ? current.getFirst()
                    : Texts.of("status.work.more", current.getFirst(), current.size() - 1));
        }
    }

    /** Memory in use. */
    public void showMemory(Memory now) {
        heap.setProgress((double) now.heapUsed() / now.heapMax());
        String heapText = Texts.of("memory.heap", Numbers.bytes(now.heapUsed()), Numbers.bytes(now.heapMax()));
        memory.setText(
                now.process() < 0 ? heapText : Texts.of("memory.process", heapText, Numbers.bytes(now.process())));
        Tips.on(
                memory, Texts.of("memory.tip"));
    }
}

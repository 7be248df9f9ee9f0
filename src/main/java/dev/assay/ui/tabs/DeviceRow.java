package dev.assay.ui.tabs;

import atlantafx.base.theme.Styles;
import dev.assay.compute.Device;
import dev.assay.ui.Icons;
import dev.assay.ui.Texts;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

/** A device: its name, what its driver says, and whether it works. */
final class DeviceRow extends HBox {

    private final Device device;
    private final Label state = new Label();

    DeviceRow(Device device) {
        super(12);
        this.device = device;
        setId("device-" + device.id());
        setAlignment(Pos.TOP_LEFT);
        Label name = new Label(device.name());
        name.setWrapText(true);
        name.getStyleClass().add(Styles.TEXT_BOLD);
        Label id = new Label(device.id());
        id.setMinWidth(USE_PREF_SIZE);
        id.getStyleClass().addAll("monospaced", Styles.TEXT_MUTED);
        HBox head = new HBox(10, name, id, state);
        head.setAlignment(Pos.CENTER_LEFT);
        VBox text = new VBox(2, head);
        String details = device.details()
                + (device.kind() == Device.Kind.OPENCL
                        ? (device.details().isEmpty() ? "" : ". ") + Texts.of("devices.opencl")
                        : "");
        if (!details.isEmpty()) {
            Label facts = new Label(details);
            facts.setWrapText(true);
            facts.getStyleClass().addAll("caption", Styles.TEXT_MUTED);
            text.getChildren().add(facts);
        }
        getChildren().addAll(Icons.of(device.kind() == Device.Kind.GPU ? "fth-zap" : "fth-cpu"), text);
        state.setMinWidth(USE_PREF_SIZE);
        state.getStyleClass().add("caption");
        if (device.usable()) {
            state.setText(Texts.of("devices.trying"));
        } else {
            show(false, device.facts().problem());
        }
    }

    Device device() {
        return device;
    }

    void show(boolean works, String text) {
        state.setText(works ? text : Texts.of("devices.unusable", text));
        state.getStyleClass().removeAll("success", "danger");
        state.getStyleClass().add(works ? "success" : "danger");
    }
}

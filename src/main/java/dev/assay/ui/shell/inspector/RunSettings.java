package dev.assay.ui.shell.inspector;

import dev.assay.ui.Texts;
import dev.assay.ui.Tips;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javafx.collections.FXCollections;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/** Seed and device of a run. */
final class RunSettings extends VBox {

    private static final PseudoClass INVALID = PseudoClass.getPseudoClass("error");

    /** As wide as the labels of the parameters. */
    private static final double LABEL_WIDTH = 122;

    private final TextField seed = new TextField("0");
    private final ComboBox<String> device = new ComboBox<>();
    private final Label problem = new Label();
    private final Map<String, String> names = new LinkedHashMap<>();

    RunSettings() {
        setId("run-settings");
        setSpacing(8);
        Label title = new Label(Texts.of("run"));
        title.getStyleClass().add("panel-title");
        seed.setId("seed");
        seed.setAccessibleText(Texts.of("inspector.seed"));
        Tips.on(seed, Texts.of("inspector.seed.tip"));
        seed.focusedProperty().addListener((o, was, is) -> {
            if (!is) {
                validate();
            }
        });
        seed.textProperty().addListener((o, was, is) -> showProblem(""));
        device.setId("device");
        device.setAccessibleText(Texts.of("inspector.device"));
        device.setMaxWidth(Double.MAX_VALUE);
        Tips.on(device, Texts.of("inspector.device.tip"));
        device.setConverter(new StringConverter<>() {
            @Override
            public String toString(String id) {
                return names.getOrDefault(id, id == null ? "" : id);
            }

            @Override
            public String fromString(String name) {
                return name;
            }
        });
        problem.setId("problem-seed");
        problem.getStyleClass().addAll("caption", "field-problem");
        problem.managedProperty().bind(problem.textProperty().isNotEmpty());
        GridPane grid = new GridPane(8, 6);
        grid.getStyleClass().add("settings-grid");
        ColumnConstraints labels = new ColumnConstraints(LABEL_WIDTH);
        ColumnConstraints fields = new ColumnConstraints();
        fields.setHgrow(Priority.ALWAYS);
        grid.getColumnConstraints().addAll(labels, fields);
        grid.addRow(0, label(Texts.of("inspector.seed"), seed), new VBox(3, seed, problem));
        grid.addRow(1, label(Texts.of("inspector.device"), device), device);
        getChildren().addAll(title, grid);
        setDevices(Map.of());
    }

    private static Label label(String text, Node field) {
        Label label = new Label(text);
        label.setLabelFor(field);
        label.setAlignment(Pos.CENTER_LEFT);
        return label;
    }

    /** Offers automatic choice, the processor, what else there is, and all together where there is a graphics processor. */
    void setDevices(Map<String, String> devices) {
        String before = device.getValue();
        names.clear();
        names.put("auto", Texts.of("inspector.device.auto"));
        names.put("cpu", devices.getOrDefault("cpu", Texts.of("inspector.device.cpu")));
        devices.forEach(names::putIfAbsent);
        if (devices.keySet().stream().anyMatch(id -> id.startsWith("gpu"))) {
            names.put("all", Texts.of("inspector.device.all"));
        }
        device.setItems(FXCollections.observableArrayList(names.keySet()));
        device.setValue(before != null && names.containsKey(before) ? before : "auto");
    }

    /** Shows the settings of an earlier run. */
    void show(long seedValue, String deviceId) {
        seed.setText(String.valueOf(seedValue));
        if (!names.containsKey(deviceId)) {
            names.put(deviceId, Texts.of("inspector.device.missing", deviceId));
            device.getItems().add(deviceId);
        }
        device.setValue(deviceId);
    }

    private void showProblem(String text) {
        problem.setText(text);
        seed.pseudoClassStateChanged(INVALID, !text.isEmpty());
    }

    /** What is wrong, after it was shown; empty for nothing. */
    Optional<String> validate() {
        try {
            Long.parseLong(seed.getText().strip());
            showProblem("");
            return Optional.empty();
        } catch (NumberFormatException e) {
            showProblem(Texts.of("inspector.seed.problem"));
            return Optional.of(Texts.of("inspector.seed.needed"));
        }
    }

    /** As {@link #validate}; moves the keyboard to what is wrong. */
    Optional<String> validateAndPoint() {
        Optional<String> wrong = validate();
        if (wrong.isPresent()) {
            seed.requestFocus();
        }
        return wrong;
    }

    /** The seed; only after {@link #validate} found nothing wrong. */
    long seed() {
        return Long.parseLong(seed.getText().strip());
    }

    /** The device's id, or {@code auto}. */
    String device() {
        return device.getValue();
    }
}

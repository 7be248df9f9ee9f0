package dev.assay.ui.tabs;

import atlantafx.base.theme.Styles;
import dev.assay.analysis.Exact;
import dev.assay.analysis.ParameterDescriptor;
import dev.assay.analysis.ParameterProblem;
import dev.assay.analysis.ParameterSet;
import dev.assay.ui.IconButton;
import dev.assay.ui.Texts;
import dev.assay.ui.Tips;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/**
 * One control for each parameter that can be changed on a finished run: a slider with an exact text field for numbers,
 * a choice for enumerations, a text field for the rest. Used on the JavaFX thread.
 */
final class LiveParameters extends VBox {

    private static final int MOST_LOOSE = 2;
    private static final double LABEL_WIDTH = 104;
    private static final double TIGHT_SLIDER = 100;
    private static final PseudoClass BAD = PseudoClass.getPseudoClass("error");

    private final ParameterSet<?> set;
    private final Map<String, String> runValues;
    private final Map<String, String> values;
    private final Consumer<Map<String, String>> onChange;
    private final List<Control> controls = new ArrayList<>();
    private final Label problem = new Label();
    private final IconButton reset = new IconButton("fth-rotate-ccw", Texts.of("run.live.reset"), this::reset);
    private final FlowPane row = new FlowPane(16, 4);
    private final ProgressIndicator working = new ProgressIndicator();
    private boolean following;

    private record Control(String name, Node node, Consumer<String> show) {}

    /**
     * Controls at the run's values.
     *
     * @param runValues all parameters of the run as text
     * @param onChange given all values, valid ones only, after the user changed one
     */
    LiveParameters(ParameterSet<?> set, Map<String, String> runValues, Consumer<Map<String, String>> onChange) {
        this.set = set;
        // A run of an earlier version may lack a parameter that is new.
        Map<String, String> complete = new LinkedHashMap<>();
        set.descriptors().forEach(d -> complete.put(d.name(), d.defaultText()));
        complete.putAll(runValues);
        this.runValues = Map.copyOf(complete);
        this.values = new LinkedHashMap<>(complete);
        this.onChange = onChange;
        getStyleClass().add("live-parameters");
        row.setAlignment(Pos.CENTER_LEFT);
        for (ParameterDescriptor parameter : live(set)) {
            row.getChildren().add(group(parameter));
        }
        reset.setId("reset-live");
        reset.setDisable(true);
        working.setMaxSize(14, 14);
        working.setVisible(false);
        reset.visibleProperty().bind(working.visibleProperty().not());
        row.getChildren().add(new StackPane(reset, working));
        problem.getStyleClass().addAll(Styles.TEXT, Styles.DANGER);
        problem.setManaged(false);
        problem.setVisible(false);
        getChildren().addAll(row, problem);
    }

    /** The parameters that can be changed. */
    static List<ParameterDescriptor> live(ParameterSet<?> set) {
        return set.descriptors().stream().filter(d -> d.annotation().live()).toList();
    }

    /** Whether they can be moved; a tooltip says why when they cannot. */
    void setUsable(boolean usable) {
        row.setDisable(!usable);
        Tips.on(this, usable ? "" : Texts.of("run.live.wait"));
    }

    /** All values as they stand. */
    Map<String, String> values() {
        return Map.copyOf(values);
    }

    /** Whether they are those of the run. */
    boolean atRunValues() {
        return values.equals(runValues);
    }

    /**
     * The live parameters in words, e.g. {@code slack 0.02, leave out dead neurons}; what is off is left out. One whose name
     * is no word of its label could be taken for something else, and has the label.
     */
    static String inWords(ParameterSet<?> set, Map<String, String> values) {
        return live(set).stream()
                .filter(d -> values.containsKey(d.name()))
                .filter(d -> !values.get(d.name()).equals("false"))
                .map(d -> {
                    String label = d.label().toLowerCase(Locale.ROOT);
                    boolean named = List.of(label.split(" ")).contains(d.name().toLowerCase(Locale.ROOT));
                    String value = values.get(d.name());
                    return value.equals("true") ? label : (named ? d.name() : label) + " " + value;
                })
                .collect(Collectors.joining(", "));
    }

    private boolean isTight() {
        return live(set).size() > MOST_LOOSE;
    }

    private Node group(ParameterDescriptor parameter) {
        Label label = new Label(parameter.label());
        label.getStyleClass().add("live-label");
        // Where there are many, two find room beside each other in a narrow window, and begin at one place in every row.
        label.setMinWidth(isTight() ? LABEL_WIDTH : Region.USE_PREF_SIZE);
        String help = parameter.help() + (parameter.range().isEmpty() ? "" : "\n" + parameter.range());
        Tips.on(label, help);
        HBox group = new HBox(isTight() ? 8 : 12, label);
        group.setAlignment(Pos.CENTER_LEFT);
        if (parameter.type() == boolean.class) {
            CheckBox box = check(parameter);
            Tips.on(box, help);
            return box;
        }
        if (!parameter.choices().isEmpty() && !parameter.isList()) {
            group.getChildren().add(choice(parameter));
        } else {
            TextField field = field(parameter);
            ValueScale.of(set, parameter, this.runValues)
                    .ifPresent(scale -> group.getChildren().add(slider(parameter, scale)));
            group.getChildren().add(field);
        }
        label.setLabelFor(group.getChildren().getLast());
        return group;
    }

    private ChoiceBox<String> choice(ParameterDescriptor parameter) {
        ChoiceBox<String> box = new ChoiceBox<>();
        box.getItems().setAll(parameter.choices());
        box.setAccessibleText(parameter.label());
        box.setId("live-" + parameter.name());
        box.setValue(values.get(parameter.name()));
        box.valueProperty().addListener((o, before, now) -> changed(parameter, now, box));
        controls.add(new Control(parameter.name(), box, box::setValue));
        return box;
    }

    private CheckBox check(ParameterDescriptor parameter) {
        CheckBox box = new CheckBox(parameter.label());
        box.setMnemonicParsing(false);
        box.setMinWidth(Region.USE_PREF_SIZE);
        box.setId("live-" + parameter.name());
        box.setSelected(Boolean.parseBoolean(values.get(parameter.name())));
        box.selectedProperty().addListener((o, before, now) -> changed(parameter, String.valueOf(now), box));
        controls.add(new Control(parameter.name(), box, text -> box.setSelected(Boolean.parseBoolean(text))));
        return box;
    }

    private TextField field(ParameterDescriptor parameter) {
        TextField field = new TextField(values.get(parameter.name()));
        field.setPrefColumnCount(parameter.isList() || parameter.type() == String.class ? 16 : isTight() ? 3 : 5);
        field.setAccessibleText(parameter.label());
        field.setId("live-" + parameter.name());
        field.setOnAction(e -> changed(parameter, field.getText(), field));
        field.focusedProperty().addListener((o, before, focused) -> {
            if (!focused && !field.getText().equals(values.get(parameter.name()))) {
                changed(parameter, field.getText(), field);
            }
        });
        controls.add(new Control(parameter.name(), field, text -> {
            field.setText(text);
            field.pseudoClassStateChanged(BAD, false);
        }));
        return field;
    }

    private Slider slider(ParameterDescriptor parameter, ValueScale scale) {
        Slider slider = new Slider(0, scale.length(), scale.position(Exact.parse(values.get(parameter.name()))));
        slider.setAccessibleText(parameter.label());
        slider.setId("slide-" + parameter.name());
        slider.setPrefWidth(scale.marksStops() ? 330 : isTight() ? TIGHT_SLIDER : 200);
        slider.setBlockIncrement(1);
        if (scale.marksStops()) {
            slider.setMajorTickUnit(1);
            slider.setMinorTickCount(0);
            slider.setShowTickMarks(true);
            slider.setShowTickLabels(true);
            slider.setLabelFormatter(new StringConverter<>() {
                @Override
                public String toString(Double position) {
                    return scale.stops().get((int) Math.rint(position)).text();
                }

                @Override
                public Double fromString(String text) {
                    return scale.position(Exact.parse(text));
                }
            });
        }
        slider.valueProperty().addListener((o, before, now) -> {
            String text = scale.valueAt(now.doubleValue()).text();
            if (!following && !text.equals(values.get(parameter.name()))) {
                changed(parameter, text, slider);
            }
        });
        slider.valueChangingProperty().addListener((o, before, changing) -> {
            if (!changing) {
                follow(() -> slider.setValue(scale.position(Exact.parse(values.get(parameter.name())))));
            }
        });
        controls.add(new Control(
                parameter.name(), slider, text -> slider.setValue(scale.position(Exact.parse(text)))));
        return slider;
    }

    private void changed(ParameterDescriptor parameter, String text, Node source) {
        if (following) {
            return;
        }
        String value = text.strip();
        Map<String, String> next = new LinkedHashMap<>(values);
        next.put(parameter.name(), value);
        Optional<ParameterProblem> wrong = set.check(next).stream().findFirst();
        source.pseudoClassStateChanged(BAD, wrong.isPresent());
        say(wrong.map(p -> parameter.label() + ": " + p.message()).orElse(""));
        if (wrong.isEmpty() && !value.equals(values.get(parameter.name()))) {
            accept(parameter.name(), value, source);
        }
    }

    /**
     * Changes a parameter from outside, as by a line that is moved across a chart: to three significant digits, and not
     * at all beyond the range.
     *
     * @param parameter name; one that is not live is left alone
     */
    void move(String parameter, double value) {
        if (row.isDisabled() || !Double.isFinite(value)) {
            return;
        }
        live(set).stream().filter(d -> d.name().equals(parameter)).findFirst().ifPresent(descriptor -> {
            BigDecimal rounded = new BigDecimal(value).round(new MathContext(3));
            boolean whole = descriptor.type() == int.class || descriptor.type() == long.class;
            BigDecimal exact = whole ? rounded.setScale(0, RoundingMode.HALF_EVEN) : rounded.stripTrailingZeros();
            String text = exact.signum() == 0 ? "0" : exact.toPlainString();
            Map<String, String> next = new LinkedHashMap<>(values);
            next.put(parameter, text);
            if (!text.equals(values.get(parameter)) && set.check(next).isEmpty()) {
                say("");
                accept(parameter, text, null);
            }
        });
    }

    private void accept(String parameter, String value, Node source) {
        values.put(parameter, value);
        follow(() -> controls.stream()
                .filter(c -> c.name().equals(parameter))
                // The slider under the user's hand stays where the hand is.
                .filter(c -> c.node() != source || !(source instanceof Slider))
                .forEach(c -> c.show().accept(value)));
        reset.setDisable(atRunValues());
        onChange.accept(values());
    }

    private void follow(Runnable change) {
        following = true;
        try {
            change.run();
        } finally {
            following = false;
        }
    }

    /** Shows while new values are being worked on. */
    void showBusy(ReadOnlyBooleanProperty busy) {
        working.visibleProperty().bind(busy);
    }

    /** Shows a problem under the controls; empty for none. */
    void say(String text) {
        problem.setText(text);
        problem.setManaged(!text.isEmpty());
        problem.setVisible(!text.isEmpty());
    }

    private void reset() {
        values.clear();
        values.putAll(runValues);
        follow(() -> controls.forEach(c -> c.show().accept(runValues.get(c.name()))));
        say("");
        reset.setDisable(true);
        onChange.accept(values());
    }
}

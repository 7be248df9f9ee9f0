package dev.assay.ui.shell;

import atlantafx.base.theme.Styles;
import dev.assay.analysis.Analysis;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.ParameterDescriptor;
import dev.assay.analysis.ParameterSet;
import dev.assay.run.RunRequest;
import dev.assay.run.Sweep;
import dev.assay.run.SweepText;
import dev.assay.ui.Texts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/** What a sweep is to go over: a parameter with its values, and seeds; says at once how many runs that makes. */
final class SweepForm extends VBox {

    private static final int SHOWN = 8;

    private final Analysis<?> analysis;
    private final RunRequest base;
    private final ComboBox<ParameterDescriptor> parameter = new ComboBox<>();
    private final TextField values = new TextField();
    private final TextField seeds = new TextField();
    private final Label outcome = new Label();
    private final ReadOnlyBooleanWrapper valid = new ReadOnlyBooleanWrapper();
    private final ReadOnlyStringWrapper action = new ReadOnlyStringWrapper();

    /**
     * A form.
     *
     * @param base what all runs have in common
     * @param earlier fills it in
     */
    SweepForm(Analysis<?> analysis, RunRequest base, Optional<Sweep> earlier) {
        super(12);
        this.analysis = analysis;
        this.base = base;
        setId("sweep-form");
        setPrefWidth(560);
        List<ParameterDescriptor> all = ParameterSet.of(analysis.parameters()).descriptors();
        parameter.setId("sweep-parameter");
        parameter.setAccessibleText(Texts.of("sweep.parameter"));
        parameter.setMaxWidth(Double.MAX_VALUE);
        List<ParameterDescriptor> choices = new ArrayList<>(all);
        choices.add(null);
        parameter.getItems().setAll(choices);
        StringConverter<ParameterDescriptor> words = new StringConverter<>() {
            @Override
            public String toString(ParameterDescriptor p) {
                return p == null ? Texts.of("sweep.only.seeds") : p.label();
            }

            @Override
            public ParameterDescriptor fromString(String text) {
                throw new UnsupportedOperationException("a parameter is not typed");
            }
        };
        parameter.setConverter(words);
        values.setId("sweep-values");
        values.setAccessibleText(Texts.of("sweep.values"));
        seeds.setId("sweep-seeds");
        seeds.setAccessibleText(Texts.of("sweep.seeds"));
        seeds.setPromptText(Texts.of("sweep.seeds.prompt"));
        outcome.setId("sweep-outcome");
        outcome.setWrapText(true);
        outcome.setMinHeight(Region.USE_PREF_SIZE);
        GridPane grid = new GridPane(12, 8);
        ColumnConstraints labels = new ColumnConstraints(96);
        ColumnConstraints fields = new ColumnConstraints();
        fields.setHgrow(Priority.ALWAYS);
        grid.getColumnConstraints().addAll(labels, fields);
        addRow(grid, 0, "sweep.parameter", parameter);
        addRow(grid, 1, "sweep.values", values);
        addRow(grid, 2, "sweep.seeds", seeds);
        Label hint = new Label(Texts.of("sweep.hint"));
        hint.setWrapText(true);
        hint.getStyleClass().addAll("caption", Styles.TEXT_MUTED);
        getChildren().addAll(grid, hint, outcome);
        parameter.valueProperty().addListener((o, was, is) -> {
            values.setDisable(is == null);
            values.setText(is == null ? "" : base.parameters().getOrDefault(is.name(), is.defaultText()));
            values.setPromptText(is == null ? "" : prompt(is));
        });
        values.textProperty().addListener((o, was, is) -> check());
        seeds.textProperty().addListener((o, was, is) -> check());
        ParameterDescriptor first = earlier.map(Sweep::parameter)
                .flatMap(name -> all.stream().filter(p -> p.name().equals(name)).findFirst())
                .orElseGet(() -> earlier.isPresent() ? null
                        : all.stream().filter(SweepText::isNumeric).findFirst().orElse(null));
        parameter.setValue(first);
        values.setDisable(first == null);
        seeds.setText(earlier.map(s -> s.seeds().stream().map(String::valueOf).collect(Collectors.joining(", ")))
                .orElse(String.valueOf(base.seed())));
        earlier.ifPresent(s -> values.setText(
                String.join(first != null && first.isList() ? "; " : ", ", s.values())));
        check();
        if (earlier.isEmpty() && !valid.get()) {
            // Nobody has typed anything wrong yet.
            outcome.setText(Texts.of("sweep.start"));
            outcome.getStyleClass().remove("field-problem");
        }
    }

    private static void addRow(GridPane grid, int row, String text, Control field) {
        Label label = new Label(Texts.of(text));
        label.setLabelFor(field);
        grid.addRow(row, label, field);
    }

    private static String prompt(ParameterDescriptor parameter) {
        if (SweepText.isNumeric(parameter)) {
            return Texts.of("sweep.values.numbers");
        }
        String choices = String.join(", ", parameter.choices());
        return parameter.isList() || choices.isEmpty() ? Texts.of("sweep.values.lists") : choices;
    }

    /** The sweep of a request, if what is typed makes one. */
    Optional<Sweep> sweep(RunRequest request) {
        try {
            return Optional.of(read(request));
        } catch (AnalysisException e) {
            return Optional.empty();
        }
    }

    private Sweep read(RunRequest request) throws AnalysisException {
        ParameterDescriptor over = parameter.getValue();
        List<String> list = over == null ? List.of() : SweepText.values(values.getText(), over);
        Sweep sweep = new Sweep(request, over == null ? "" : over.name(), list, SweepText.seeds(seeds.getText()));
        sweep.check(analysis);
        return sweep;
    }

    private void check() {
        try {
            // Inputs may still be opening; the form is about values.
            Sweep sweep = read(base);
            String shown = sweep.values().stream().limit(SHOWN).collect(Collectors.joining(", "));
            String list = sweep.values().size() > SHOWN ? shown + ", \u2026" : shown;
            outcome.setText(sweep.parameter().isEmpty()
                    ? Texts.of("sweep.outcome.seeds", sweep.size())
                    : Texts.of(
                            "sweep.outcome", list, sweep.values().size(), sweep.seeds().size(), sweep.size()));
            outcome.getStyleClass().remove("field-problem");
            action.set(Texts.of("sweep.do", sweep.size()));
            valid.set(true);
        } catch (AnalysisException e) {
            outcome.setText(e.getMessage());
            if (!outcome.getStyleClass().contains("field-problem")) {
                outcome.getStyleClass().add("field-problem");
            }
            action.set(Texts.of("sweep.run"));
            valid.set(false);
        }
    }

    /** Whether what is typed makes a sweep. */
    ReadOnlyBooleanProperty valid() {
        return valid.getReadOnlyProperty();
    }

    /** What the button says. */
    ReadOnlyStringProperty action() {
        return action.getReadOnlyProperty();
    }

    /** Moves the keyboard to the values. */
    void focus() {
        (values.isDisabled() ? seeds : values).requestFocus();
        values.selectAll();
    }
}

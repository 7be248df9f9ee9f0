package dev.assay.ui.shell.inspector;

import atlantafx.base.theme.Styles;
import dev.assay.analysis.ParameterProblem;
import dev.assay.analysis.ParameterSet;
import dev.assay.ui.Texts;
import dev.assay.ui.view.Stages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TitledPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.controlsfx.control.PropertySheet;

/** The parameters of an analysis in two groups, common and advanced. JavaFX thread only. */
final class ParameterForm extends VBox {

    private final Map<String, ParameterItem> items = new LinkedHashMap<>();
    private final Map<String, ParameterField> fields = new LinkedHashMap<>();
    private final TitledPane advanced = new TitledPane();
    private final Node presets;
    private final Suggestions suggestions;
    private ParameterSet<?> set;

    /** Finds values that a parameter may take. */
    @FunctionalInterface
    interface Suggestions {

        /** Hands them on later, on the JavaFX thread, or never. */
        void find(String parameter, Consumer<List<String>> then);
    }

    /** @param presets stands beside the heading */
    ParameterForm(Node presets, Suggestions suggestions) {
        this.presets = presets;
        this.suggestions = suggestions;
        setId("parameter-form");
        setSpacing(8);
        advanced.setId("advanced-parameters");
        advanced.setText(Texts.of("parameters.advanced"));
        advanced.setExpanded(false);
        advanced.setAnimated(false);
        advanced.getStyleClass().add(Styles.DENSE);
        advanced.expandedProperty().addListener((o, was, is) -> {
            if (is && advanced.getContent() == null) {
                advanced.setContent(sheet(group(true)));
            }
        });
    }

    /** Shows the parameters of an analysis at their defaults. */
    void show(ParameterSet<?> parameters) {
        set = parameters;
        items.clear();
        fields.clear();
        List<Node> parts = new ArrayList<>();
        parameters.descriptors().forEach(d -> items.put(d.name(), new ParameterItem(d)));
        items.values().forEach(i -> fields.put(i.descriptor().name(), new ParameterField(
                i, then -> suggestions.find(i.descriptor().name(), then))));
        if (!items.isEmpty()) {
            parts.add(header());
        }
        List<ParameterItem> common = group(false);
        if (!common.isEmpty()) {
            parts.add(sheet(common));
        }
        List<ParameterItem> rest = group(true);
        if (!rest.isEmpty()) {
            // Made when it is first unfolded: what is folded away is styled and laid out all the same.
            advanced.setContent(advanced.isExpanded() ? sheet(rest) : null);
            parts.add(advanced);
        }
        Stages.fill(this, parts);
    }

    private HBox header() {
        Label title = new Label(Texts.of("parameters.title"));
        title.getStyleClass().add("panel-title");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        Button reset = new Button(Texts.of("parameters.reset"));
        reset.setId("reset-parameters");
        reset.setAccessibleText(Texts.of("parameters.reset.name"));
        reset.getStyleClass().addAll(Styles.FLAT, Styles.SMALL, Styles.ACCENT);
        reset.setOnAction(e -> setValues(Map.of()));
        HBox header = new HBox(8, title, space, presets, reset);
        header.getStyleClass().add("section-header");
        return header;
    }

    private List<ParameterItem> group(boolean advancedGroup) {
        return items.values().stream()
                .filter(i -> i.descriptor().annotation().advanced() == advancedGroup)
                .toList();
    }

    private Node sheet(List<ParameterItem> group) {
        PropertySheet sheet = new PropertySheet(FXCollections.observableArrayList(group));
        sheet.setMode(PropertySheet.Mode.NAME);
        sheet.setModeSwitcherVisible(false);
        sheet.setSearchBoxVisible(false);
        sheet.setPropertyEditorFactory(
                item -> fields.get(((ParameterItem) item).descriptor().name()));
        sheet.skinProperty().addListener((o, was, is) -> growWithContent(sheet));
        return sheet;
    }

    /** The sheet scrolls in itself; here it is to be as high as its rows, whatever the labels and messages wrap to. */
    private static void growWithContent(PropertySheet sheet) {
        if (sheet.lookup(".scroll-pane") instanceof ScrollPane scroll
                && scroll.getContent() instanceof Region rows) {
            sheet.minHeightProperty().bind(rows.heightProperty().add(2));
            sheet.maxHeightProperty().bind(sheet.minHeightProperty());
        }
    }

    /** Sets values as text; what is absent gets its default, names that are not known are left out. */
    void setValues(Map<String, String> values) {
        items.forEach((name, item) -> item.text().set(values.getOrDefault(name, item.descriptor().defaultText())));
        fields.values().forEach(f -> f.showProblem(""));
    }

    /** All values as text, spaces around them taken off. */
    Map<String, String> values() {
        Map<String, String> values = new LinkedHashMap<>();
        items.forEach((name, item) -> values.put(name, item.text().get().strip()));
        return values;
    }

    /**
     * Checks everything and shows the messages at the fields.
     *
     * @return the first problem with the parameter's label, after it got the focus; empty when all is well
     */
    Optional<String> validate() {
        if (set == null) {
            return Optional.empty();
        }
        List<ParameterProblem> problems = new ArrayList<>(set.check(values()));
        fields.forEach((name, field) -> field.showProblem(problems.stream()
                .filter(p -> p.parameter().equals(name))
                .map(ParameterProblem::message)
                .findFirst()
                .orElse("")));
        if (problems.isEmpty()) {
            return Optional.empty();
        }
        ParameterProblem first = problems.getFirst();
        ParameterField field = fields.get(first.parameter());
        if (field == null) {
            return Optional.of(first.message());
        }
        if (items.get(first.parameter()).descriptor().annotation().advanced()) {
            advanced.setExpanded(true);
            // What was folded away is in no scene yet that could give it the focus.
            advanced.applyCss();
            advanced.layout();
        }
        field.control().requestFocus();
        return Optional.of(items.get(first.parameter()).descriptor().label() + ": " + first.message());
    }

    /** The field of a parameter. */
    Optional<ParameterField> field(String name) {
        return Optional.ofNullable(fields.get(name));
    }
}

package dev.assay.ui.shell;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.run.RunRequest;
import dev.assay.run.RunView;
import dev.assay.ui.IconButton;
import dev.assay.ui.Texts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;

/** The inputs of a report's runs, each of which may be exchanged for another before all is run again. */
final class AgainForm extends GridPane {

    private final Map<String, TextField> fields = new LinkedHashMap<>();
    private final Label problem = new Label();

    /**
     * A form.
     *
     * @param browse asks for a file in place of the one of that name
     */
    AgainForm(List<RunView> runs, Function<String, Optional<Path>> browse) {
        setHgap(8);
        setVgap(8);
        setPrefWidth(640);
        ColumnConstraints wide = new ColumnConstraints();
        wide.setHgrow(Priority.ALWAYS);
        getColumnConstraints().setAll(new ColumnConstraints(), wide, new ColumnConstraints());
        Label what = new Label(Texts.of("again.what"));
        add(what, 0, 0, 3, 1);
        int row = 1;
        for (RunView run : runs) {
            for (Map.Entry<String, List<Location>> role : run.request().inputs().entrySet()) {
                for (Location location : role.getValue()) {
                    if (!fields.containsKey(location.toString())) {
                        TextField field = new TextField(location.toString());
                        field.setAccessibleText(role.getKey());
                        field.setId("again-" + row);
                        fields.put(location.toString(), field);
                        Label name = new Label(role.getKey());
                        name.getStyleClass().add("text-muted");
                        IconButton open = new IconButton(
                                "fth-folder", Texts.of("again.choose"), () -> browse.apply(role.getKey())
                                        .ifPresent(p -> field.setText(p.toString())));
                        name.setLabelFor(field);
                        field.textProperty().addListener((o, was, is) -> showProblem(""));
                        addRow(row++, name, field, open);
                    }
                }
            }
        }
        problem.setId("again-problem");
        problem.setWrapText(true);
        problem.getStyleClass().add("field-problem");
        problem.managedProperty().bind(problem.textProperty().isNotEmpty());
        add(problem, 1, row, 2, 1);
    }

    /** Says what is wrong; empty for nothing. */
    void showProblem(String text) {
        problem.setText(text);
    }

    /**
     * What is to be run.
     *
     * @throws InputException when a location is none, after its field got the focus
     */
    List<RunRequest> requests(List<RunView> runs) throws InputException {
        List<RunRequest> requests = new ArrayList<>();
        for (RunView run : runs) {
            RunRequest before = run.request();
            Map<String, List<Location>> inputs = new LinkedHashMap<>();
            for (Map.Entry<String, List<Location>> role : before.inputs().entrySet()) {
                List<Location> places = new ArrayList<>();
                for (Location location : role.getValue()) {
                    TextField field = fields.get(location.toString());
                    String text = field.getText().strip();
                    places.add(text.equals(location.toString()) ? location : read(field, text));
                }
                inputs.put(role.getKey(), places);
            }
            requests.add(new RunRequest(
                    before.analysis(), inputs, before.parameters(), before.seed(), before.device(),
                    before.threads()));
        }
        return requests;
    }

    private static Location read(TextField field, String text) throws InputException {
        try {
            if (text.isEmpty()) {
                throw new InputException(Texts.of("again.empty"), field.getAccessibleText(),
                        Texts.of("again.empty.mend"));
            }
            return Location.parse(text);
        } catch (InputException e) {
            field.requestFocus();
            throw e;
        }
    }
}

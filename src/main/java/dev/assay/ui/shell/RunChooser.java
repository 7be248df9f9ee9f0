package dev.assay.ui.shell;

import dev.assay.report.ReportRun;
import dev.assay.report.RunLabels;
import dev.assay.run.RunView;
import dev.assay.ui.RunFacts;
import dev.assay.ui.Texts;
import dev.assay.ui.Tips;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.scene.control.ListView;
import javafx.scene.control.cell.CheckBoxListCell;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

/** Runs to tick, newest first; there is no limit to how many. JavaFX thread only. */
final class RunChooser extends VBox {

    private static final int NUMBERED = 200;

    private final Map<RunView, BooleanProperty> ticks = new LinkedHashMap<>();
    private final ReadOnlyIntegerWrapper count = new ReadOnlyIntegerWrapper();

    /**
     * A list.
     *
     * @param runs what can be chosen
     * @param chosen what is ticked at first
     * @param name what a run is called
     */
    RunChooser(List<RunView> runs, List<RunView> chosen, Function<RunView, String> name) {
        ListView<RunView> list = new ListView<>();
        list.setId("run-chooser");
        list.setAccessibleText(Texts.of("runs.choose"));
        list.setPrefSize(560, 320);
        list.getItems().setAll(runs);
        for (RunView run : runs) {
            BooleanProperty tick = new SimpleBooleanProperty(chosen.contains(run));
            tick.addListener((o, before, now) -> count.set(chosen().size()));
            ticks.put(run, tick);
        }
        count.set(chosen().size());
        Map<RunView, String> names = new LinkedHashMap<>();
        List<RunView> first = runs.subList(0, Math.min(NUMBERED, runs.size()));
        List<String> labels = RunLabels.words(
                first.stream().map(r -> new ReportRun(name.apply(r), r, "")).toList());
        for (int i = 0; i < first.size(); i++) {
            names.put(first.get(i), labels.get(i));
        }
        StringConverter<RunView> words = new StringConverter<>() {
            @Override
            public String toString(RunView run) {
                return run == null
                        ? ""
                        : RunFacts.created(run) + "   " + RunFacts.fact(run) + "   "
                                + names.getOrDefault(run, name.apply(run));
            }

            @Override
            public RunView fromString(String text) {
                throw new UnsupportedOperationException("a run is not typed");
            }
        };
        list.setCellFactory(v -> new Row(words));
        VBox.setVgrow(list, Priority.ALWAYS);
        getChildren().add(list);
    }

    /** The ticked runs, oldest first: the first is what the others are measured against. */
    List<RunView> chosen() {
        List<RunView> chosen = new ArrayList<>();
        ticks.forEach((run, tick) -> {
            if (tick.get()) {
                chosen.addFirst(run);
            }
        });
        return chosen;
    }

    /** How many are ticked. */
    ReadOnlyIntegerProperty count() {
        return count.getReadOnlyProperty();
    }

    /** As wide as the list: what does not fit is read in full on hover. */
    private final class Row extends CheckBoxListCell<RunView> {

        Row(StringConverter<RunView> words) {
            super(ticks::get, words);
            setPrefWidth(0);
        }

        @Override
        public void updateItem(RunView run, boolean empty) {
            super.updateItem(run, empty);
            Tips.on(this, empty || run == null ? "" : getConverter().toString(run));
        }
    }
}

package dev.assay.ui.tabs;

import dev.assay.analysis.Input;
import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.chart.ChartTheme;
import dev.assay.data.Dataset;
import dev.assay.data.graph.GraphDataset;
import dev.assay.model.Model;
import dev.assay.run.RunView;
import dev.assay.ui.Workbench;
import dev.assay.ui.selection.SelectionService;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.value.ObservableValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.stage.Window;

/** A workbench that remembers what was asked of it. */
final class FakeWorkbench implements Workbench {

    final SimpleObjectProperty<ChartTheme> theme = new SimpleObjectProperty<>(ChartTheme.LIGHT);
    final SelectionService selection = new SelectionService();
    final ObservableList<RunView> runs = FXCollections.observableArrayList();
    final Map<Location, Input> inputs = new ConcurrentHashMap<>();
    final List<String> asked = new CopyOnWriteArrayList<>();
    final List<Throwable> problems = new CopyOnWriteArrayList<>();

    @Override
    public ObservableValue<ChartTheme> theme() {
        return theme;
    }

    @Override
    public Window window() {
        return null;
    }

    @Override
    public SelectionService selection() {
        return selection;
    }

    @Override
    public ObservableList<RunView> allRuns() {
        return runs;
    }

    @Override
    public List<Input> opened() {
        return List.copyOf(inputs.values());
    }

    @Override
    public <T> void background(
            String what, Callable<T> work, Consumer<T> onSuccess, Consumer<Throwable> onFailure) {
        Thread.ofVirtual().start(() -> {
            try {
                T outcome = work.call();
                Platform.runLater(() -> onSuccess.accept(outcome));
            } catch (Exception e) {
                Platform.runLater(() -> onFailure.accept(e));
            }
        });
    }

    @Override
    public void open(Location location) {
        asked.add("open " + location);
    }

    @Override
    public void withInput(Location location, Consumer<Input> onSuccess, Consumer<Throwable> onFailure) {
        background(
                "Opening",
                () -> {
                    Input input = inputs.get(location);
                    if (input == null) {
                        throw new InputException("there is no such file", location.toString(), "");
                    }
                    return input;
                },
                onSuccess,
                onFailure);
    }

    @Override
    public void showSample(Dataset dataset, long index) {
        asked.add("sample " + dataset.name() + " " + index);
    }

    @Override
    public void showGraph(GraphDataset graphs, int index) {
        asked.add("graph " + graphs.name() + " " + index);
    }

    @Override
    public void showLayer(Model model, String layer) {
        asked.add("layer " + model.name() + " " + layer);
    }

    @Override
    public void showRun(RunView run) {
        asked.add("run " + run.id());
    }

    @Override
    public void prepareAgain(RunView run) {
        asked.add("again " + run.id());
    }

    @Override
    public void showProblem(Throwable problem) {
        problems.add(problem);
    }

    @Override
    public void showFolder(Path folder) {
        asked.add("folder " + folder);
    }

    @Override
    public void notice(String text) {
        asked.add("notice " + text);
    }
}

package dev.assay.ui;

import dev.assay.analysis.Input;
import dev.assay.analysis.Location;
import dev.assay.chart.ChartTheme;
import dev.assay.data.Dataset;
import dev.assay.data.graph.GraphDataset;
import dev.assay.model.Model;
import dev.assay.report.Block;
import dev.assay.run.RunView;
import dev.assay.ui.selection.SelectionService;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableStringValue;
import javafx.beans.value.ObservableValue;
import javafx.collections.ObservableList;
import javafx.stage.Window;

/** What the parts of the window may ask of the whole. Used on the JavaFX thread only. */
public interface Workbench {

    /** The theme in use. */
    ObservableValue<ChartTheme> theme();

    /** The window, as owner of dialogs. */
    Window window();

    /** What is selected in the window. */
    SelectionService selection();

    /** The runs of the workspace and of this session, newest first. */
    ObservableList<RunView> allRuns();

    /** What is open, in the order in which it was opened. */
    List<Input> opened();

    /**
     * Works in the background and hands the outcome back on the JavaFX thread.
     *
     * @param what for the log and the status bar, e.g. {@code Opening model.onnx}
     * @param onFailure given the problem; {@link #showProblem} is a good choice
     */
    <T> void background(String what, Callable<T> work, Consumer<T> onSuccess, Consumer<Throwable> onFailure);

    /** Opens the file or folder in the background: the browser lists it and a tab shows it. */
    void open(Location location);

    /** Opens the inputs of a run again, or finds those that are open, in the background; then hands each on. */
    void withInput(Location location, Consumer<Input> onSuccess, Consumer<Throwable> onFailure);

    /** Shows a sample in a tab. */
    void showSample(Dataset dataset, long index);

    /** Shows the tab of a set of graphs with that graph selected. */
    void showGraph(GraphDataset graphs, int index);

    /** Shows a model's tab with that layer selected. */
    void showLayer(Model model, String layer);

    /** Shows a run in a tab. */
    void showRun(RunView run);

    /** Shows the run of that id in a tab. Does nothing where there are no other runs. */
    default void showRun(String id) {}

    /** Shows the help of a run's analysis beside the tabs. Does nothing where there is none. */
    default void showHelp(RunView run) {}

    /** Lets a sweep go on that was stopped or interrupted. Does nothing where there is no queue. */
    default void goOn(RunView sweep) {}

    /** Other finished runs of the same analysis, newest first; the newest ones only. */
    default List<RunView> peers(RunView run) {
        return List.of();
    }

    /** A run's name, which the user may have changed since it began. */
    default String name(RunView run) {
        return run.name();
    }

    /** {@link #name} with a number where earlier runs have the same. */
    default String title(RunView run) {
        return name(run);
    }

    /** {@link #title} as it changes. */
    default ObservableStringValue liveTitle(RunView run) {
        return new ReadOnlyStringWrapper(title(run));
    }

    /** Fills the inspector with the run's analysis, inputs and parameters, ready to run again. */
    void prepareAgain(RunView run);

    /** Shows a problem without a dialog that blocks: what, where, how to mend; details can be copied. */
    void showProblem(Throwable problem);

    /** Shows a folder in the system's file manager. */
    void showFolder(Path folder);

    /** A short notice that goes away by itself. */
    void notice(String text);

    /** Puts something at the end of the open report; makes one when there is none. Does nothing where there are no reports. */
    default void addToReport(Block block) {}
}

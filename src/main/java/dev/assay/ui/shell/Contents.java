package dev.assay.ui.shell;

import dev.assay.analysis.Analysis;
import dev.assay.analysis.Input;
import dev.assay.analysis.Location;
import dev.assay.data.Dataset;
import dev.assay.data.graph.GraphDataset;
import dev.assay.model.Model;
import dev.assay.model.gnn.GnnModel;
import dev.assay.run.RunView;
import dev.assay.ui.Workbench;
import dev.assay.ui.report.ReportTab;
import dev.assay.ui.shell.frame.TabHost;
import dev.assay.ui.tabs.CompareTab;
import dev.assay.ui.tabs.DatasetTab;
import dev.assay.ui.tabs.GnnTab;
import dev.assay.ui.tabs.GraphsTab;
import dev.assay.ui.tabs.ModelTab;
import dev.assay.ui.tabs.RunTab;
import dev.assay.ui.tabs.SampleTab;
import dev.assay.ui.tabs.TabContent;
import java.util.Optional;

/** Which tab shows what. JavaFX thread only. */
final class Contents {

    /** What the key of an input's tab begins with. */
    static final String INPUT = "input:";

    private Contents() {}

    /** The key of an input's tab. */
    static String key(Location location) {
        return INPUT + location;
    }

    /** The key of a run's tab. */
    static String key(RunView run) {
        return RunTab.key(run);
    }

    /** Whether a key is that of a run's tab. */
    static boolean isRun(String key) {
        return key.startsWith(RunTab.KEY);
    }

    /** Whether a key is that of a tab whose runs or report belong to the workspace. */
    static boolean isOfWorkspace(String key) {
        return isRun(key) || key.startsWith(CompareTab.KEY) || key.startsWith(ReportTab.KEY);
    }

    /** The id of the run that a tab shows, or of the first one that it compares. */
    static Optional<String> run(String key) {
        String ids = isRun(key)
                ? key.substring(RunTab.KEY.length())
                : key.startsWith(CompareTab.KEY) ? key.substring(CompareTab.KEY.length()).split(",")[0] : "";
        return Optional.of(ids).filter(id -> !id.isEmpty());
    }

    /** Makes the tab of an input. */
    static TabContent of(Workbench workbench, String key, Input input) {
        return switch (input) {
            case Model model -> new ModelTab(workbench, model);
            case Dataset dataset -> new DatasetTab(workbench, dataset);
            case GraphDataset graphs -> new GraphsTab(workbench, graphs);
            case GnnModel gnn -> new GnnTab(workbench, gnn);
            default -> new SummaryTab(key, input);
        };
    }

    /** Makes the tab of a run. */
    static TabContent of(Workbench workbench, RunView run, Optional<Analysis<?>> analysis) {
        return new RunTab(workbench, run, analysis);
    }

    /** Shows a sample in the tab of its dataset's samples. */
    static void showSample(TabHost tabs, Workbench workbench, Dataset dataset, long index) {
        String key = SampleTab.key(dataset);
        tabs.show(key, dataset.name(), "fth-image", () -> new SampleTab(workbench, dataset, index));
        tabs.content(key).ifPresent(content -> ((SampleTab) content).show(index));
    }

    /** Selects a graph in the tab of its data, which is shown already. */
    static void selectGraph(TabHost tabs, Location graphs, int index) {
        tabs.content(key(graphs)).ifPresent(content -> ((GraphsTab) content).show(index));
    }

    /** Selects a layer in a model's tab, which is shown already. */
    static void selectLayer(TabHost tabs, Location model, String layer) {
        tabs.content(key(model)).ifPresent(content -> ((ModelTab) content).selectLayer(layer));
    }
}

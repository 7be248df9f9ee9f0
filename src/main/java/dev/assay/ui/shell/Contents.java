package dev.assay.ui.shell;

import dev.assay.analysis.Input;
import dev.assay.analysis.Location;
import dev.assay.data.Dataset;
import dev.assay.model.Model;
import dev.assay.run.RunView;
import dev.assay.ui.Workbench;
import dev.assay.ui.shell.frame.TabHost;
import dev.assay.ui.tabs.TabContent;

/** Makes the contents of tabs. */
final class Contents {

    private static final String RUN = "run:";

    private Contents() {}

    /** The key of an input's tab. */
    static String key(Location location) {
        return "input:" + location;
    }

    /** The key of a run's tab. */
    static String key(RunView run) {
        return RUN + run.id();
    }

    /** Whether a key is that of a run's tab. */
    static boolean isRun(String key) {
        return key.startsWith(RUN);
    }

    /** The tab of an input. */
    static TabContent of(Workbench workbench, String key, Input input) {
        return new SummaryTab(key, input);
    }

    static TabContent of(Workbench workbench, RunView run) {
        throw new UnsupportedOperationException();
    }

    static TabContent sample(Workbench workbench, Dataset dataset, long index) {
        throw new UnsupportedOperationException();
    }

    static void selectLayer(TabHost tabs, Model model, String layer) {
    }
}

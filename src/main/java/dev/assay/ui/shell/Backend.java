package dev.assay.ui.shell;

import dev.assay.analysis.InputException;
import dev.assay.compute.CostModels;
import dev.assay.compute.Devices;
import dev.assay.run.Catalogue;
import dev.assay.run.RunQueue;
import dev.assay.workspace.Workspace;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the window works with behind the scenes. Made and closed in the background.
 *
 * @param workspace holds the runs
 * @param queue runs analyses
 * @param devices ids with names for the user
 */
record Backend(Workspace workspace, RunQueue queue, Map<String, String> devices) implements AutoCloseable {

    /**
     * Opens a workspace, finds devices and starts a queue.
     *
     * @param costs keeps what is measured of devices
     * @throws InputException when the workspace cannot be opened
     */
    static Backend open(Path folder, Catalogue catalogue, CostModels costs) throws InputException {
        Workspace workspace = Workspace.open(folder);
        Map<String, String> devices = new LinkedHashMap<>();
        Devices.detect().all().forEach(d -> devices.put(d.id(), d.name()));
        return new Backend(workspace, RunQueue.standingBack(catalogue, workspace, costs), devices);
    }

    @Override
    public void close() {
        queue.close();
        workspace.close();
    }
}

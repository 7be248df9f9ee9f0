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
 * @param devices what there is on this machine
 */
record Backend(Workspace workspace, RunQueue queue, Devices devices) implements AutoCloseable {

    /**
     * Opens a workspace, finds devices and starts a queue.
     *
     * @param costs keeps what is measured of devices
     * @throws InputException when the workspace cannot be opened
     */
    static Backend open(Path folder, Catalogue catalogue, CostModels costs) throws InputException {
        Workspace workspace = Workspace.open(folder);
        try {
            Devices devices = Devices.detect();
            // Looked for here, so that the window's thread never waits for a driver.
            devices.all();
            return new Backend(workspace, RunQueue.standingBack(catalogue, workspace, costs), devices);
        } catch (RuntimeException | LinkageError e) {
            workspace.close(); // else it would stay locked
            throw e;
        }
    }

    /** Ids of the devices that runs may use, with names for the user. */
    Map<String, String> deviceNames() {
        Map<String, String> names = new LinkedHashMap<>();
        devices.all().forEach(d -> names.put(d.id(), d.name()));
        return names;
    }

    @Override
    public void close() {
        queue.close();
        workspace.close();
    }
}

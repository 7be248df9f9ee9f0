package dev.assay.ui.shell.browser;

import dev.assay.run.RunView;
import dev.assay.ui.shell.open.OpenItem;
import dev.assay.workspace.StoredReport;

/** A row of the browser. */
public sealed interface BrowserEntry {

    /** A heading. */
    record Group(String title, String hint) implements BrowserEntry {}

    /** Stands in a group that holds nothing. */
    record Hint(String text) implements BrowserEntry {}

    /** Something open. */
    record Opened(OpenItem item) implements BrowserEntry {}

    /** A report. */
    record Written(StoredReport report) implements BrowserEntry {}

    /** A run. */
    record Ran(RunView run) implements BrowserEntry {}
}

package dev.assay.ui.shell;

import dev.assay.ui.shell.actions.ActionList;
import dev.assay.ui.shell.frame.Choosers;
import dev.assay.ui.shell.frame.Notices;
import dev.assay.ui.shell.frame.Overlay;
import dev.assay.ui.shell.frame.StatusBar;
import dev.assay.ui.shell.jobs.Background;
import dev.assay.ui.shell.open.OpenInputs;
import dev.assay.ui.shell.prefs.WindowPrefs;
import dev.assay.ui.shell.queue.LogPane;
import dev.assay.ui.shell.theme.ThemeManager;
import java.util.function.Consumer;
import javafx.stage.Stage;

/** What several parts of the window share. Nothing in it knows the parts. */
record Parts(
        Stage stage,
        WindowPrefs prefs,
        Background background,
        ThemeManager themes,
        Choosers choosers,
        Notices notices,
        Overlay overlay,
        LogPane log,
        StatusBar status,
        OpenInputs open,
        RunList runs,
        ActionList actions,
        Consumer<String> showDocument) {}

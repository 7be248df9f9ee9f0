package dev.assay.ui.shell;

import dev.assay.analysis.Analysis;
import dev.assay.run.RunView;
import dev.assay.run.Sweep;
import dev.assay.ui.shell.frame.MainLayout;
import dev.assay.ui.shell.frame.SidePane;
import dev.assay.ui.shell.frame.TabHost;
import dev.assay.ui.shell.help.HelpPane;
import dev.assay.ui.shell.inspector.InspectorPane;
import dev.assay.ui.shell.prefs.WindowPrefs;
import java.util.Optional;

/**
 * The help beside the tabs. It follows the analysis that was dealt with last: that of the tab that came to the front, or the one
 * chosen in the inspector. JavaFX thread only.
 */
final class HelpFlow {

    private static final String OPEN = "help";
    private static final String IN_FRONT = "help.front";

    private final Parts parts;
    private final Session session;
    private final HelpPane pane;
    private final SidePane side;
    private MainLayout layout;
    private Analysis<?> meant;

    HelpFlow(Parts parts, Session session, InspectorPane inspector) {
        this.parts = parts;
        this.session = session;
        pane = new HelpPane(parts.background(), parts.showDocument(), parts.notices()::show);
        side = new SidePane(inspector, pane);
        inspector.onChosen(this::follow);
    }

    /** The right side of the window. */
    SidePane side() {
        return side;
    }

    /** Follows the tabs of a window that is put together. */
    void attach(TabHost tabs, MainLayout laidOut) {
        layout = laidOut;
        tabs.addOnChange(() -> tabs.selectedKey().flatMap(this::ofTab).ifPresent(this::follow));
    }

    private Optional<Analysis<?>> ofTab(String key) {
        return Contents.run(key).flatMap(parts.runs()::find).flatMap(this::of);
    }

    private Optional<Analysis<?>> of(RunView run) {
        return session.catalogue() == null
                ? Optional.empty()
                : session.catalogue().find(Sweep.analysisOf(run.request()));
    }

    private void follow(Analysis<?> analysis) {
        meant = analysis;
        if (side.isHelpOpen()) {
            pane.show(analysis);
        }
    }

    /** Opens the help of an analysis. */
    void show(Analysis<?> analysis) {
        follow(analysis);
        open();
    }

    /** Opens the help of a run's analysis; does nothing when that is not installed. */
    void show(RunView run) {
        of(run).ifPresent(this::show);
    }

    /** Opens the help, or takes it away when it is in front. */
    void toggle() {
        if (side.helpInFront().get() && layout.showsInspector()) {
            side.closeHelp();
        } else {
            open();
        }
    }

    private void open() {
        layout.showInspector();
        side.openHelp();
        if (meant != null) {
            pane.show(meant);
        }
    }

    /** Opens the help as it was the last time. */
    void restore(WindowPrefs prefs) {
        if (prefs.shows(IN_FRONT, false)) {
            side.openHelp();
        } else if (prefs.shows(OPEN, false)) {
            side.openHelpBehind();
        }
    }

    /** Keeps whether the help is open. */
    void save(WindowPrefs prefs) {
        prefs.setShows(OPEN, side.isHelpOpen());
        prefs.setShows(IN_FRONT, side.helpInFront().get());
    }
}

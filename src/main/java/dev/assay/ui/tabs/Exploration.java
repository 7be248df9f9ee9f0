package dev.assay.ui.tabs;

import dev.assay.analysis.Analysis;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.Explorer;
import dev.assay.analysis.Input;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.Location;
import dev.assay.analysis.ParameterSet;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Selection;
import dev.assay.run.ResultBoard;
import dev.assay.run.RunView;
import dev.assay.ui.Texts;
import dev.assay.ui.Workbench;
import dev.assay.ui.view.LatestTask;
import dev.assay.ui.view.Worker;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/**
 * A finished run opened for looking into: opens its inputs again, then the analysis's explorer, and passes changes and
 * questions on to it one at a time, the newest first. Used on the JavaFX thread.
 *
 * @param <P> the analysis's parameters
 */
final class Exploration<P extends Record> implements AutoCloseable {

    /** Where it stands. */
    enum Phase {
        /** Not asked for yet. */
        CLOSED,
        /** Inputs or explorer are being opened. */
        OPENING,
        /** An input is not where it was; {@link Status#role} says which. */
        INPUT_MISSING,
        /** The explorer cannot be opened. */
        FAILED,
        /** The analysis has nothing to explore. */
        NOTHING,
        /** Ready. */
        READY
    }

    /**
     * Where it stands.
     *
     * @param role of the missing input
     * @param location of the missing input, or null
     * @param problem what went wrong, or null
     */
    record Status(Phase phase, String role, Location location, Throwable problem) {
        static Status of(Phase phase) {
            return new Status(phase, "", null, null);
        }
    }

    /**
     * Results and the parameters they belong to.
     *
     * @param values all parameters as text
     */
    record Outcome(Map<String, String> values, List<Result> results) {}

    private record Wanted(String role, int index, Location location) {}

    private final Workbench workbench;
    private final RunView run;
    private final Analysis<P> analysis;
    private final ParameterSet<P> parameters;
    private final Worker worker = new Worker("explorer", 1);
    private final LatestTask updates = new LatestTask(worker);
    private final LatestTask details = new LatestTask(worker);
    private final ReadOnlyObjectWrapper<Status> status = new ReadOnlyObjectWrapper<>(Status.of(Phase.CLOSED));
    private final Map<String, List<Location>> locations = new LinkedHashMap<>();
    private volatile Explorer<P> explorer;
    private boolean closed;

    private Exploration(Workbench workbench, RunView run, Analysis<P> analysis) {
        this.workbench = workbench;
        this.run = run;
        this.analysis = analysis;
        this.parameters = ParameterSet.of(analysis.parameters());
        run.request().inputs().forEach((role, list) -> locations.put(role, new ArrayList<>(list)));
    }

    /** The exploration of a run; nothing is opened yet. */
    static <P extends Record> Exploration<P> of(Workbench workbench, RunView run, Analysis<P> analysis) {
        return new Exploration<>(workbench, run, analysis);
    }

    ReadOnlyObjectProperty<Status> statusProperty() {
        return status.getReadOnlyProperty();
    }

    boolean isReady() {
        return status.get().phase() == Phase.READY;
    }

    ParameterSet<P> parameters() {
        return parameters;
    }

    /** Whether an update works or waits. */
    ReadOnlyBooleanProperty updatingProperty() {
        return updates.busyProperty();
    }

    /** Whether details are being looked up. */
    ReadOnlyBooleanProperty lookingUpProperty() {
        return details.busyProperty();
    }

    /** Opens inputs and explorer in the background; does nothing when that is under way or done. */
    void open() {
        Phase phase = status.get().phase();
        if (phase == Phase.CLOSED || phase == Phase.INPUT_MISSING || phase == Phase.FAILED) {
            status.set(Status.of(Phase.OPENING));
            Deque<Wanted> wanted = new ArrayDeque<>();
            locations.forEach((role, list) -> {
                for (int i = 0; i < list.size(); i++) {
                    wanted.add(new Wanted(role, i, list.get(i)));
                }
            });
            openInputs(wanted, Inputs.none());
        }
    }

    /** Where an input of that role is now, after it was found again. */
    Optional<Location> location(String role) {
        return locations.getOrDefault(role, List.of()).stream().findFirst();
    }

    /** Opens the missing input from another place. */
    void relocate(Path found) {
        Status missing = status.get();
        if (missing.phase() == Phase.INPUT_MISSING) {
            locations.get(missing.role())
                    .replaceAll(l -> l.equals(missing.location()) ? new Location(found, l.options()) : l);
            open();
        }
    }

    private void openInputs(Deque<Wanted> wanted, Inputs opened) {
        if (closed) {
            return;
        }
        Wanted next = wanted.poll();
        if (next == null) {
            openExplorer(opened);
            return;
        }
        workbench.withInput(
                next.location(),
                input -> {
                    Class<? extends Input> type = analysis.inputs()
                            .role(next.role())
                            .<Class<? extends Input>>map(r -> r.type())
                            .orElse(Input.class);
                    if (type.isInstance(input)) {
                        openInputs(wanted, opened.with(next.role(), input));
                    } else {
                        missing(next, new AnalysisException(
                                Texts.of("run.other.input"), next.location().toString(), ""));
                    }
                },
                problem -> missing(next, problem));
    }

    private void missing(Wanted input, Throwable problem) {
        if (!closed) {
            status.set(new Status(Phase.INPUT_MISSING, input.role(), input.location(), problem));
        }
    }

    private void openExplorer(Inputs inputs) {
        worker.submit(
                () -> {
                    // Kept at once, so that closing the tab meanwhile still closes it.
                    explorer = analysis.explore(
                            inputs, parameters.parse(run.request().parameters()), run.folder())
                            .orElse(null);
                    return explorer != null;
                },
                found -> status.set(Status.of(found ? Phase.READY : Phase.NOTHING)),
                problem -> status.set(new Status(Phase.FAILED, "", null, problem)));
    }

    /**
     * Computes the results anew. While one update works only the newest of those that follow waits.
     *
     * @param values all parameters as text
     */
    void update(Map<String, String> values, Consumer<Outcome> onSuccess, Consumer<? super Throwable> onFailure) {
        Explorer<P> current = explorer;
        if (current == null) {
            return;
        }
        updates.request(
                () -> {
                    ResultBoard sink = new ResultBoard();
                    current.update(parameters.parse(values), sink);
                    return new Outcome(values, sink.results());
                },
                onSuccess,
                onFailure);
    }

    /** Drops the updates that work and wait. */
    void dropUpdates() {
        updates.cancel();
    }

    /** Looks up the evidence behind a selection. The answer to an older question is dropped. */
    void details(
            Selection selection,
            Map<String, String> values,
            Consumer<Outcome> onSuccess,
            Consumer<? super Throwable> onFailure) {
        Explorer<P> current = explorer;
        if (current == null) {
            return;
        }
        details.cancel();
        details.request(
                () -> new Outcome(values, current.details(selection, parameters.parse(values))), onSuccess, onFailure);
    }

    /** Closes the explorer once it is no longer at work. */
    @Override
    public void close() {
        closed = true;
        worker.closeThen(() -> {
            if (explorer != null) {
                explorer.close();
            }
        });
    }
}

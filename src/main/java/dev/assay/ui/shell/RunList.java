package dev.assay.ui.shell;

import dev.assay.run.Run;
import dev.assay.run.RunQueue;
import dev.assay.run.RunState;
import dev.assay.run.RunView;
import dev.assay.run.Sweep;
import dev.assay.ui.Texts;
import dev.assay.ui.shell.jobs.Background;
import dev.assay.ui.view.LatestTask;
import dev.assay.workspace.StoredRun;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.value.ObservableStringValue;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;

/**
 * The runs of the workspace and of this session as lists for the window. A run that this session executes stands for
 * its stored form. JavaFX thread only; the workspace is read in the background.
 */
final class RunList {

    private static final int MOST_PEERS = 30;

    private final LatestTask reading;
    private final Consumer<Throwable> onProblem;
    private final ObservableList<RunView> all = FXCollections.observableArrayList();
    private final ObservableList<RunView> session = FXCollections.observableArrayList();
    private final FilteredList<RunView> whole =
            new FilteredList<>(all, r -> Sweep.ofMember(r.id()).isEmpty());
    private final List<Runnable> onMarks = new ArrayList<>();
    private final List<Runnable> waiting = new ArrayList<>();
    private final AtomicBoolean pending = new AtomicBoolean();
    private final Map<String, StoredRun> stored = new LinkedHashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final ReadOnlyIntegerWrapper activeCount = new ReadOnlyIntegerWrapper();
    private final ReadOnlyBooleanWrapper anyActive = new ReadOnlyBooleanWrapper();
    private final ReadOnlyIntegerWrapper changes = new ReadOnlyIntegerWrapper();
    private Backend backend;
    private boolean read;

    RunList(Background background, Consumer<Throwable> onProblem) {
        reading = background.newest(Texts.of("runs.reading"));
        this.onProblem = onProblem;
    }

    /** Follows a workspace and its queue. */
    void follow(Backend opened) {
        backend = opened;
        read = false;
        waiting.clear();
        stored.clear();
        reading.cancel();
        opened.queue().addListener(new RunQueue.Listener() {
            @Override
            public void changed(Run run) {
                later();
            }

            @Override
            public void removed(Run run) {
                later();
            }
        });
        opened.workspace().onChange(this::later);
        update();
    }

    /** Any thread: updates soon, many changes at once, those of a workspace that was left among them. */
    private void later() {
        if (pending.compareAndSet(false, true)) {
            Platform.runLater(() -> {
                pending.set(false);
                update();
            });
        }
    }

    private void update() {
        Backend source = backend;
        showSession(source);
        reading.request(() -> source.workspace().runs(), found -> show(source, found), onProblem);
    }

    private void show(Backend source, List<StoredRun> found) {
        boolean changed = keepKnown(found);
        showAll(source);
        if (changed) {
            number(all);
            onMarks.forEach(Runnable::run);
        }
        read = true;
        List<Runnable> now = List.copyOf(waiting);
        waiting.clear();
        now.forEach(Runnable::run);
    }

    /** Rows that say the same keep their object, so that views of them stay as they are. */
    private boolean keepKnown(List<StoredRun> found) {
        Map<String, StoredRun> known = new HashMap<>(stored);
        boolean changed = known.size() != found.size();
        stored.clear();
        for (StoredRun run : found) {
            StoredRun before = known.get(run.id());
            boolean same = before != null
                    && before.state() == run.state()
                    && before.name().equals(run.name())
                    && before.notes().equals(run.notes())
                    && before.tags().equals(run.tags());
            changed |= !same;
            stored.put(run.id(), same ? before : run);
        }
        return changed;
    }

    private void showSession(Backend source) {
        List<RunView> now = new ArrayList<>(source.queue().runs());
        now.removeIf(r -> Sweep.ofMember(r.id()).isPresent());
        now.sort(Comparator.comparing(RunView::created).reversed());
        if (!session.equals(now)) {
            session.setAll(now);
        }
        showAll(source);
    }

    private void showAll(Backend source) {
        Map<String, RunView> runs = new LinkedHashMap<>(stored);
        source.queue().runs().forEach(r -> runs.put(r.id(), r));
        List<RunView> now = new ArrayList<>(runs.values());
        now.sort(Comparator.comparing(RunView::created).reversed());
        if (!all.equals(now)) {
            number(now);
            all.setAll(now);
        }
    }

    /** Counts the runs of one name, the oldest first; those of a sweep have names of their own. */
    private void number(List<RunView> newestFirst) {
        Map<String, Integer> used = new HashMap<>();
        numbers.clear();
        newestFirst.reversed().stream()
                .filter(r -> Sweep.ofMember(r.id()).isEmpty())
                .forEach(r -> numbers.put(r.id(), used.merge(name(r), 1, Integer::sum)));
        changes.set(changes.get() + 1);
    }

    /** All runs, newest first, those of sweeps included. */
    ObservableList<RunView> all() {
        return all;
    }

    /** All runs but those that belong to a sweep, newest first. */
    ObservableList<RunView> whole() {
        return whole;
    }

    /** A run as it is stored, with name, tags, notes and numbers; empty before it is. */
    Optional<StoredRun> stored(RunView run) {
        return Optional.ofNullable(stored.get(run.id()));
    }

    /** A run's name, which the user may have changed since it began. */
    String name(RunView run) {
        return stored(run).map(StoredRun::name).orElseGet(run::name);
    }

    /** A run's name with a number where earlier runs have the same, so that the two can be told apart. */
    String title(RunView run) {
        int number = numbers.getOrDefault(run.id(), 1);
        return number > 1 ? Texts.of("runs.numbered", name(run), number) : name(run);
    }

    /** {@link #title} as it changes; whoever listens keeps it. */
    ObservableStringValue liveTitle(RunView run) {
        return Bindings.createStringBinding(() -> title(run), changes);
    }

    /** The run of that id. */
    Optional<RunView> find(String id) {
        return all.stream().filter(r -> r.id().equals(id)).findFirst();
    }

    /** Other finished runs of the same analysis, newest first; the newest ones only. */
    List<RunView> peers(RunView run) {
        return all.stream()
                .filter(r -> !r.id().equals(run.id()) && r.state() == RunState.DONE
                        && r.request().analysis().equals(run.request().analysis()))
                .limit(MOST_PEERS)
                .toList();
    }

    /** Does something as soon as the list has been read; at once when it is. */
    void whenRead(Runnable then) {
        if (read) {
            then.run();
        } else {
            waiting.add(then);
        }
    }

    /** Is told when names, tags or notes have changed. */
    void onMarks(Runnable listener) {
        onMarks.add(listener);
    }

    /** The runs of this session, newest first; a sweep stands for its members. */
    ObservableList<RunView> session() {
        return session;
    }

    /** Whether a run works or waits; as fresh as the last {@link #poll}. */
    ReadOnlyBooleanProperty anyActive() {
        return anyActive.getReadOnlyProperty();
    }

    /** Looks at the runs' states. */
    void poll() {
        activeCount.set(active().size());
        anyActive.set(activeCount.get() > 0);
    }

    /** How many runs work or wait; as fresh as the last {@link #poll}. */
    ReadOnlyIntegerProperty activeCount() {
        return activeCount.getReadOnlyProperty();
    }

    /** Runs that have not ended. */
    List<RunView> active() {
        return session.stream().filter(r -> !r.state().isFinal()).toList();
    }
}

package dev.assay.ui.shell.open;

import dev.assay.analysis.Input;
import dev.assay.analysis.Location;
import dev.assay.ui.Texts;
import dev.assay.ui.shell.jobs.Background;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import javafx.beans.Observable;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** Everything that is open, each location once. JavaFX thread only; reading happens in the background. */
public final class OpenInputs {

    /** Opens a location; called in the background. */
    @FunctionalInterface
    public interface Opener {

        /** Opens it or throws a problem for the user. */
        Input open(Location location) throws Exception;
    }

    private record Waiting(Consumer<OpenItem> onSuccess, Consumer<Throwable> onFailure) {}

    private final Background background;
    private final Opener opener;
    private final ObservableList<OpenItem> items = FXCollections.observableArrayList(i -> new Observable[] {
        i.stageProperty()
    });
    // One view for all: a view hears of changes only as long as somebody holds it.
    private final ObservableList<OpenItem> view = FXCollections.unmodifiableObservableList(items);
    private final Map<OpenItem, List<Waiting>> waiting = new HashMap<>();

    /** Nothing open yet. */
    public OpenInputs(Background background, Opener opener) {
        this.background = background;
        this.opener = opener;
    }

    /** What is open, in the order in which it was opened; also changes when an item's stage does. */
    public ObservableList<OpenItem> items() {
        return view;
    }

    /**
     * Opens a location, or hands out the item that has it open already.
     *
     * @param onSuccess given the ready item
     * @param onFailure given the problem; the item stays listed as failed
     * @return the item, perhaps still being opened
     */
    public OpenItem open(Location location, Consumer<OpenItem> onSuccess, Consumer<Throwable> onFailure) {
        Location key = normal(location);
        Optional<OpenItem> known = find(key);
        if (known.isPresent() && known.get().isReady()) {
            onSuccess.accept(known.get());
            return known.get();
        }
        if (known.isPresent() && waiting.containsKey(known.get())) {
            waiting.get(known.get()).add(new Waiting(onSuccess, onFailure));
            return known.get();
        }
        known.ifPresent(items::remove);
        OpenItem item = new OpenItem(key);
        items.add(item);
        waiting.put(item, new ArrayList<>(List.of(new Waiting(onSuccess, onFailure))));
        Callable<Input> work = () -> opener.open(key);
        background.io(Texts.of("opening.what", key.fileName()), work, input -> opened(item, input),
                e -> failed(item, e));
        return item;
    }

    private void opened(OpenItem item, Input input) {
        List<Waiting> callers = waiting.remove(item);
        if (!items.contains(item)) {
            closeLater(input);
            return;
        }
        item.ready(input);
        callers.forEach(w -> w.onSuccess().accept(item));
    }

    private void failed(OpenItem item, Throwable problem) {
        List<Waiting> callers = waiting.remove(item);
        if (items.contains(item)) {
            item.failed(problem);
            callers.forEach(w -> w.onFailure().accept(problem));
        }
    }

    /** The item of a location, in whatever stage. */
    public Optional<OpenItem> find(Location location) {
        Location key = normal(location);
        return items.stream().filter(i -> i.location().equals(key)).findFirst();
    }

    /** The item that holds an input. */
    public Optional<OpenItem> find(Input input) {
        return items.stream().filter(i -> i.input() == input).findFirst();
    }

    /**
     * Takes an item off the list.
     *
     * @return its input, which the caller closes with {@link #closeLater} once nothing uses it any more
     */
    public Optional<Input> remove(OpenItem item) {
        return items.remove(item) ? Optional.ofNullable(item.input()) : Optional.empty();
    }

    /** Takes everything off the list and hands it to the caller, who closes it. */
    public List<Input> takeAll() {
        List<Input> inputs =
                items.stream().map(OpenItem::input).filter(Objects::nonNull).toList();
        items.clear();
        return inputs;
    }

    /** Closes an input in the background. */
    public void closeLater(Input input) {
        background.io(
                Texts.of("closing.what", input.name()),
                () -> {
                    input.close();
                    return input;
                },
                i -> {},
                e -> {});
    }

    private static Location normal(Location location) {
        Path path = location.path().toAbsolutePath().normalize();
        return new Location(path, location.options());
    }
}

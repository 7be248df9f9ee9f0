package dev.assay.ui.shell;

import dev.assay.analysis.Input;
import dev.assay.analysis.Location;
import dev.assay.run.Environment;
import dev.assay.run.RunView;
import dev.assay.ui.Strip;
import dev.assay.ui.Texts;
import dev.assay.workspace.RunAgain;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Puts the inputs of an earlier run into the inspector: opened from where they were, found by their content where they were
 * moved to, or asked for. What comes late, when another run is prepared already, is left out. JavaFX thread only.
 */
final class InputsAgain {

    private final Parts parts;
    private final Session session;
    private final Shell shell;
    private long preparation;

    InputsAgain(Parts parts, Session session, Shell shell) {
        this.parts = parts;
        this.session = session;
        this.shell = shell;
    }

    /** An input in its place among those of its role. */
    private record Place(long preparation, RunView run, String role, Location location, Consumer<Input> put) {

        Place at(Location moved) {
            return new Place(preparation, run, role, moved, put);
        }
    }

    /** Prepares the inputs of a run, each in its place whichever is read first. */
    void prepare(RunView run) {
        long mine = ++preparation;
        run.request().inputs().forEach((role, list) -> {
            Input[] inputs = new Input[list.size()];
            for (int i = 0; i < inputs.length; i++) {
                int at = i;
                open(new Place(mine, run, role, list.get(i), input -> {
                    inputs[at] = input;
                    shell.inspector().setInputs(role, Stream.of(inputs).filter(Objects::nonNull).toList());
                }));
            }
        });
    }

    private boolean isMeant(Place place) {
        return place.preparation() == preparation;
    }

    private void open(Place place) {
        shell.withInput(
                place.location(),
                input -> {
                    if (isMeant(place)) {
                        place.put().accept(input);
                    }
                },
                problem -> {
                    if (isMeant(place)) {
                        find(place, problem);
                    }
                });
    }

    private void find(Place place, Throwable problem) {
        String name = place.location().fileName();
        List<Path> folders = shell.files().recent().stream()
                .map(l -> l.path().getParent())
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        parts.background().io(Texts.of("open.finding", name), () -> moved(place, folders), found -> {
            if (isMeant(place)) {
                found.ifPresentOrElse(to -> {
                    shell.notice(Texts.of("open.found", name, to.path()));
                    open(place.at(to));
                }, () -> ask(place, problem));
            }
        }, e -> ask(place, problem));
    }

    private Optional<Location> moved(Place place, List<Path> folders) {
        if (Files.exists(place.location().path())) {
            return Optional.empty(); // something else is the matter with it
        }
        return RunAgain.plan(place.run(), session.catalogue(), folders, Environment.detect(), () -> false)
                .moved()
                .stream()
                .filter(m -> m.role().equals(place.role()) && m.from().equals(place.location()))
                .map(RunAgain.Moved::to)
                .findFirst();
    }

    private void ask(Place place, Throwable problem) {
        String key = place.role() + place.location();
        String text = Texts.of("open.input.problem", place.role(), problem.getMessage());
        Strip strip = parts.notices().add(key, Strip.Kind.WARNING, text);
        strip.action(Texts.of("open.locate"), () -> parts.choosers()
                .openFiles(
                        Texts.of("open.where", place.location().fileName()), parts.prefs().folder(),
                        OpenFlow.filters(session.catalogue().kinds()))
                .stream()
                .findFirst()
                .ifPresent(file -> {
                    parts.notices().remove(key);
                    open(place.at(new Location(file, place.location().options())));
                }));
    }
}

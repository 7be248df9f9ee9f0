package dev.assay.workspace;

import dev.assay.analysis.Input;
import dev.assay.analysis.InputException;
import dev.assay.analysis.InputRole;
import dev.assay.analysis.Location;
import dev.assay.run.Catalogue;
import dev.assay.run.Environment;
import dev.assay.run.InputHashing;
import dev.assay.run.InputStamp;
import dev.assay.run.Provenance;
import dev.assay.run.ProvenanceDiff;
import dev.assay.run.RunRequest;
import dev.assay.run.RunView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What doing a run again would mean: the request with moved inputs found again, what is missing, and what has changed
 * since.
 *
 * @param request the request, with the new places of moved inputs
 * @param moved inputs that were found elsewhere by their content
 * @param missing inputs that were not found; ask for them and use {@link #relocate}
 * @param changes what differs from the first time: contents, versions, machine
 */
public record RunAgain(
        RunRequest request, List<Moved> moved, List<InputStamp> missing, List<ProvenanceDiff.Change> changes) {

    /** An input found elsewhere. */
    public record Moved(String role, Location from, Location to) {}

    /**
     * Looks at the inputs of an earlier run and at what is installed now. Hashes the inputs, so it takes as long as
     * reading them; in the background.
     *
     * @param run the earlier run
     * @param catalogue to open inputs that are folders or several files
     * @param folders where to look for moved inputs after their old places
     * @param now the program and machine as they are
     * @param stop asked now and then; true ends it early
     */
    public static RunAgain plan(
            RunView run, Catalogue catalogue, List<Path> folders, Environment now, BooleanSupplier stop) {
        return new Planner(run, catalogue, new InputFinder(folders, stop), stop).plan(now);
    }

    /** A request with one input at another place. */
    public static RunRequest relocate(RunRequest request, String role, Location from, Path to) {
        Map<String, List<Location>> inputs = new LinkedHashMap<>(request.inputs());
        inputs.computeIfPresent(role, (name, list) -> list.stream()
                .map(l -> l.equals(from) ? new Location(to, l.options()) : l)
                .toList());
        return new RunRequest(
                request.analysis(), inputs, request.parameters(), request.seed(), request.device(), request.threads());
    }

    private static final class Planner {

        private final RunView run;
        private final Catalogue catalogue;
        private final InputFinder finder;
        private final BooleanSupplier stop;

        Planner(RunView run, Catalogue catalogue, InputFinder finder, BooleanSupplier stop) {
            this.run = run;
            this.catalogue = catalogue;
            this.finder = finder;
            this.stop = stop;
        }

        RunAgain plan(Environment now) {
            RunRequest request = run.request();
            List<Moved> moved = new ArrayList<>();
            List<InputStamp> missing = new ArrayList<>();
            List<InputStamp> stamps = new ArrayList<>();
            List<InputStamp> known = new ArrayList<>(knownStamps());
            for (Map.Entry<String, List<Location>> entry : run.request().inputs().entrySet()) {
                for (Location location : entry.getValue()) {
                    String role = entry.getKey();
                    InputStamp before = take(known, role, location);
                    Location place = location;
                    if (!Files.exists(location.path())) {
                        Optional<Path> found = finder.find(before, folder -> same(before, folder));
                        if (found.isEmpty()) {
                            missing.add(before);
                            continue;
                        }
                        place = new Location(found.get(), location.options());
                        moved.add(new Moved(role, location, place));
                        request = relocate(request, role, location, found.get());
                    }
                    stamp(role, place).ifPresent(stamps::add);
                }
            }
            return new RunAgain(request, moved, missing, changes(request, stamps, now));
        }

        private List<InputStamp> knownStamps() {
            List<InputStamp> full = run.provenance().map(Provenance::inputs).orElse(List.of());
            return full.isEmpty() && run instanceof StoredRun stored ? stored.inputs() : full;
        }

        private static InputStamp take(List<InputStamp> stamps, String role, Location location) {
            for (InputStamp stamp : stamps) {
                if (stamp.role().equals(role) && stamp.location().equals(location)) {
                    stamps.remove(stamp);
                    return stamp;
                }
            }
            return new InputStamp(role, location, -1, "", List.of());
        }

        private boolean same(InputStamp before, Path folder) {
            Location there = new Location(folder, before.location().options());
            return stamp(before.role(), there)
                    .map(s -> s.sha256().equals(before.sha256()))
                    .orElse(false);
        }

        private Optional<InputStamp> stamp(String role, Location location) {
            try (Input input = open(role, location)) {
                return Optional.of(InputHashing.stamp(role, location, input.files(), stop));
            } catch (InputException e) {
                return Optional.empty();
            }
        }

        private Input open(String role, Location location) throws InputException {
            Optional<InputRole> known = catalogue
                    .find(run.request().analysis())
                    .flatMap(a -> a.inputs().role(role));
            return known.isPresent() ? catalogue.open(location, known.get()) : catalogue.open(location);
        }

        private List<ProvenanceDiff.Change> changes(RunRequest request, List<InputStamp> stamps, Environment now) {
            Optional<Provenance> before = run.provenance();
            Optional<Provenance> after = before.map(b -> new Provenance(
                    now.assay(), now.java(), now.os(), now.cpu(), now.libraries(), stamps, b.device(), Instant.now(),
                    Optional.empty(), Map.of()));
            return ProvenanceDiff.between(run.request(), before, request, after);
        }
    }
}

package dev.assay.ui.shell.inspector;

import dev.assay.analysis.Input;
import dev.assay.analysis.InputRole;
import dev.assay.analysis.InputSpec;
import dev.assay.analysis.Inputs;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Guesses which of the open inputs a role is meant for, by type and by the words in file names. */
final class InputMatching {

    private static final Map<String, Set<String>> WORDS =
            Map.of("train", Set.of("train"), "test", Set.of("test", "t10k", "valid", "val", "held"));

    private static final int MOST_TRIES = 60;

    private InputMatching() {}

    /**
     * Fills roles that are still empty. A required role takes the likeliest input of its type, an optional one only an
     * input whose name says that it is meant.
     *
     * @param chosen what the user has chosen; never changed
     * @param open what is open, in the order in which it was opened
     */
    static Map<String, List<Input>> fill(InputSpec spec, Map<String, List<Input>> chosen, List<Input> open) {
        Map<String, List<Input>> filled = new LinkedHashMap<>();
        List<Input> used = new ArrayList<>();
        for (InputRole role : spec.roles()) {
            List<Input> mine = chosen.getOrDefault(role.name(), List.of());
            if (!mine.isEmpty()) {
                filled.put(role.name(), mine);
                used.addAll(mine);
            }
        }
        // Optional roles first, because only a telling name gets an input there.
        for (boolean required : new boolean[] {false, true}) {
            for (InputRole role : spec.roles()) {
                if (role.required() == required && !filled.containsKey(role.name())
                        && !chosen.containsKey(role.name())) {
                    best(role, open, used).ifPresent(input -> {
                        filled.put(role.name(), List.of(input));
                        used.add(input);
                    });
                }
            }
        }
        Map<String, List<Input>> inOrder = new LinkedHashMap<>();
        spec.roles().forEach(r -> {
            if (filled.containsKey(r.name())) {
                inOrder.put(r.name(), filled.get(r.name()));
            }
        });
        return inOrder;
    }

    /**
     * Fills roles as {@link #fill} does; where that does not go together, e.g. a network with images of another size, with
     * the likeliest inputs that do.
     *
     * @param fits whether the analysis can run on inputs
     */
    static Map<String, List<Input>> fillFitting(
            InputSpec spec, Map<String, List<Input>> chosen, List<Input> open, Predicate<Inputs> fits) {
        Map<String, List<Input>> likeliest = fill(spec, chosen, open);
        if (fits.test(toInputs(likeliest))) {
            return likeliest;
        }
        List<InputRole> free =
                spec.roles().stream().filter(r -> r.required() && !chosen.containsKey(r.name())).toList();
        int[] tries = {MOST_TRIES};
        return tryAll(spec, free, chosen, open, fits, tries).orElse(likeliest);
    }

    private static Optional<Map<String, List<Input>>> tryAll(
            InputSpec spec, List<InputRole> free, Map<String, List<Input>> chosen, List<Input> open,
            Predicate<Inputs> fits, int[] tries) {
        if (free.isEmpty()) {
            Map<String, List<Input>> filled = fill(spec, chosen, open);
            return tries[0]-- > 0 && fits.test(toInputs(filled)) ? Optional.of(filled) : Optional.empty();
        }
        InputRole role = free.getFirst();
        List<InputRole> others = free.subList(1, free.size());
        List<Input> candidates = open.stream()
                .filter(i -> role.type().isInstance(i) && chosen.values().stream().noneMatch(list -> list.contains(i)))
                .sorted(Comparator.comparingInt((Input i) -> -likelihood(role, i)))
                .toList();
        if (candidates.isEmpty()) {
            return tryAll(spec, others, chosen, open, fits, tries);
        }
        for (Input candidate : candidates) {
            if (tries[0] <= 0) {
                return Optional.empty();
            }
            Map<String, List<Input>> more = new LinkedHashMap<>(chosen);
            more.put(role.name(), List.of(candidate));
            Optional<Map<String, List<Input>>> found = tryAll(spec, others, more, open, fits, tries);
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private static Optional<Input> best(InputRole role, List<Input> open, List<Input> used) {
        return open.stream()
                .filter(i -> role.type().isInstance(i) && !used.contains(i))
                .filter(i -> role.required() || likelihood(role, i) > 0)
                .max(Comparator.comparingInt((Input i) -> likelihood(role, i))
                        .thenComparing(i -> -open.indexOf(i)));
    }

    private static int likelihood(InputRole role, Input input) {
        String name = (input.location().fileName() + ' ' + input.location().options()).toLowerCase(Locale.ROOT);
        int score = 0;
        for (Map.Entry<String, Set<String>> entry : WORDS.entrySet()) {
            boolean says = entry.getValue().stream().anyMatch(name::contains);
            if (says) {
                score += entry.getKey().equals(role.name()) ? 2 : -2;
            }
        }
        return score + (name.contains(role.name()) ? 1 : 0);
    }

    /** The inputs as analyses see them. */
    static Inputs toInputs(Map<String, List<Input>> byRole) {
        Inputs inputs = Inputs.none();
        for (Map.Entry<String, List<Input>> entry : byRole.entrySet()) {
            for (Input input : entry.getValue()) {
                inputs = inputs.with(entry.getKey(), input);
            }
        }
        return inputs;
    }
}

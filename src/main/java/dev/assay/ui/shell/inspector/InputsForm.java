package dev.assay.ui.shell.inspector;

import dev.assay.analysis.Input;
import dev.assay.analysis.InputRole;
import dev.assay.analysis.InputSpec;
import dev.assay.ui.Texts;
import dev.assay.ui.shell.open.OpenInputs;
import dev.assay.ui.shell.open.OpenItem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;

/** The inputs of the chosen analysis, one slot a role. What the user has not chosen is filled with what is open. */
final class InputsForm extends VBox implements InputSlot.Owner {

    /** What the form asks of the inspector. */
    interface Handler {

        /** Asks for a file, opens it and hands it on. */
        void browse(InputRole role, Consumer<Input> onOpen);

        /** Opens a file and hands it on. */
        void open(Path file, Consumer<Input> onOpen);

        /** What fills the roles has changed. */
        void changed();
    }

    private final OpenInputs open;
    private final Handler handler;
    private final Map<String, InputSlot> slots = new LinkedHashMap<>();
    /** What the user chose; an empty list is a role cleared on purpose. */
    private final Map<String, List<Input>> chosen = new LinkedHashMap<>();

    private Map<String, List<Input>> filled = Map.of();
    private InputSpec spec = InputSpec.of();

    InputsForm(OpenInputs open, Handler handler) {
        this.open = open;
        this.handler = handler;
        setId("inputs-form");
        setSpacing(8);
    }

    /** Shows the roles of an analysis. Choices for roles of the same name and type are kept. */
    void show(InputSpec roles) {
        spec = roles;
        slots.clear();
        getChildren().clear();
        filled = Map.of();
        chosen.entrySet().removeIf(e -> !takes(e.getKey(), e.getValue()));
        setVisible(!roles.roles().isEmpty());
        setManaged(!roles.roles().isEmpty());
        Label title = new Label(Texts.of("inputs.title"));
        title.getStyleClass().add("panel-title");
        getChildren().add(title);
        for (InputRole role : roles.roles()) {
            InputSlot slot = new InputSlot(role, this);
            slots.put(role.name(), slot);
            getChildren().add(slot);
        }
        refill();
    }

    /** Fills empty roles with what is open, and drops what has been closed. */
    void refill() {
        List<Input> ready = open.items().stream()
                .filter(OpenItem::isReady)
                .map(OpenItem::input)
                .toList();
        chosen.replaceAll((role, list) -> list.stream().filter(ready::contains).toList());
        fill(InputMatching.fill(spec, chosen, ready));
    }

    /** Puts inputs that were found to go together into the roles for which nothing was chosen. */
    void propose(Map<String, List<Input>> found) {
        fill(found);
    }

    /** What was chosen, by role; the other roles are filled by what is open. */
    Map<String, List<Input>> choices() {
        return new LinkedHashMap<>(chosen);
    }

    private void fill(Map<String, List<Input>> now) {
        slots.forEach((role, slot) -> {
            List<Input> mine = now.getOrDefault(role, List.of());
            if (!mine.equals(filled.getOrDefault(role, List.of()))) {
                slot.show(mine);
            }
        });
        filled = now;
    }

    /** What fills the roles. */
    Map<String, List<Input>> values() {
        return filled;
    }

    /** Whether all required roles are filled. */
    boolean complete() {
        return spec.roles().stream().noneMatch(r -> r.required() && !filled.containsKey(r.name()));
    }

    /** Whether there is a role of that name for such inputs; another analysis may have been chosen meanwhile. */
    private boolean takes(String role, List<Input> inputs) {
        return spec.role(role)
                .filter(r -> inputs.stream().allMatch(r.type()::isInstance))
                .filter(r -> r.repeatable() || inputs.size() < 2)
                .isPresent();
    }

    /** Puts inputs into a role; nothing happens where there is none that takes them. */
    void choose(String role, List<Input> inputs) {
        if (takes(role, inputs)) {
            chosen.put(role, List.copyOf(inputs));
            refill();
            handler.changed();
        }
    }

    /** Appends an input to a role that takes several, or replaces the one of a role that takes one. */
    void add(String role, Input input) {
        spec.role(role).ifPresent(r -> {
            List<Input> list = new ArrayList<>(r.repeatable() ? chosen.getOrDefault(role, List.of()) : List.of());
            list.add(input);
            choose(role, list);
        });
    }

    /** Empties all roles, so that they are filled anew only by choice. */
    void clear() {
        spec.roles().forEach(r -> chosen.put(r.name(), List.of()));
        refill();
        handler.changed();
    }

    /** The first problem, after it was shown at its slot; empty when all required roles are filled. */
    Optional<String> validate() {
        Optional<String> first = Optional.empty();
        for (InputSlot slot : slots.values()) {
            boolean missing =
                    slot.role().required() && !filled.containsKey(slot.role().name());
            String text = missing ? Texts.of("inputs.missing", Texts.inside(slot.role().label())) : "";
            slot.showProblem(text);
            if (missing && first.isEmpty()) {
                first = Optional.of(text);
                slot.lookup(".slot-button").requestFocus();
            }
        }
        return first;
    }

    @Override
    public List<Input> candidates(InputRole role) {
        return open.items().stream()
                .filter(OpenItem::isReady)
                .map(OpenItem::input)
                .filter(role.type()::isInstance)
                .toList();
    }

    @Override
    public void chosen(InputRole role, List<Input> inputs) {
        choose(role.name(), inputs);
    }

    @Override
    public void browse(InputRole role) {
        handler.browse(role, input -> accept(role, input));
    }

    @Override
    public void dropped(InputRole role, List<Path> files) {
        if (files.size() > 1 && !role.repeatable()) {
            slots.get(role.name()).showProblem(Texts.of("inputs.one", files.size()));
            return;
        }
        files.forEach(f -> handler.open(f, input -> accept(role, input)));
    }

    private void accept(InputRole role, Input input) {
        if (!spec.role(role.name()).equals(Optional.of(role))) {
            return; // another analysis was chosen while it was opened
        }
        if (role.type().isInstance(input)) {
            add(role.name(), input);
        } else {
            slots.get(role.name()).showProblem(Texts.of("inputs.misfit", input.name(), role.help()));
        }
    }

    @Override
    public Input find(String location) {
        return open.items().stream()
                .filter(i -> i.isReady() && i.location().toString().equals(location))
                .map(OpenItem::input)
                .findFirst()
                .orElse(null);
    }
}

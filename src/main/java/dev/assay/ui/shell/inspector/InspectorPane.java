package dev.assay.ui.shell.inspector;

import atlantafx.base.theme.Styles;
import dev.assay.analysis.Analysis;
import dev.assay.analysis.Fit;
import dev.assay.analysis.Input;
import dev.assay.analysis.InputRole;
import dev.assay.analysis.Inputs;
import dev.assay.analysis.Location;
import dev.assay.analysis.ParameterSet;
import dev.assay.run.RunRequest;
import dev.assay.ui.EmptyState;
import dev.assay.ui.IconButton;
import dev.assay.ui.Icons;
import dev.assay.ui.Texts;
import dev.assay.ui.shell.jobs.Background;
import dev.assay.ui.shell.open.OpenInputs;
import dev.assay.ui.shell.open.OpenItem;
import dev.assay.ui.view.Stages;
import dev.assay.workspace.Preset;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToolBar;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.controlsfx.control.PropertySheet;
import org.controlsfx.control.SegmentedButton;

/**
 * The inspector: an analysis, its inputs, its parameters, seed and device, and the button that runs it. JavaFX thread
 * only.
 */
public final class InspectorPane extends BorderPane {

    /** What the inspector asks of the window. */
    public interface Handler {

        /** Asks for a file, opens it and hands it on. */
        void browse(InputRole role, Consumer<Input> onOpen);

        /** Opens a file and hands it on. */
        void open(Path file, Consumer<Input> onOpen);

        /** Queues a run. */
        void run(RunRequest request, Inputs inputs);

        /** Copies a request as a command line. */
        void copyCommand(RunRequest request);

        /** Sets up a sweep of what is set. */
        void sweep();

        /** Hands on the presets of an analysis. */
        void presets(String analysis, Consumer<List<Preset>> then);

        /** Asks for a name and saves parameters as a preset. */
        void savePreset(String analysis, Map<String, String> parameters);

        /** Deletes a preset; can be undone. */
        void deletePreset(Preset preset);

        /** Shows the help page of an analysis. */
        void showHelp(Analysis<?> analysis);

        /** Brings the inspector to where it can be seen, since the user is expected there. */
        void comeForward();

        /** How many threads a run may use. */
        int threads();
    }

    private final Background background;
    private final OpenInputs open;
    private final Handler handler;
    private final AnalysisGallery gallery = new AnalysisGallery();
    private final InputsForm inputs;
    private final PresetMenu presets;
    private final ParameterForm parameters;
    private final RunSettings settings = new RunSettings();
    private final VBox page = new VBox(16);
    private final ScrollPane scroll = new ScrollPane(page);
    private final Button run = new Button(Texts.of("run"));
    private final IconButton sweep;
    private final IconButton copy;
    private final IconButton help;
    private final Label message = new Label();
    private final ReadOnlyBooleanWrapper ready = new ReadOnlyBooleanWrapper();
    private List<Analysis<?>> analyses = List.of();
    private Map<String, Fit> fits = Map.of();
    private boolean fitting;
    private boolean fitAgain;
    private Consumer<Analysis<?>> onChosen = analysis -> {};

    /** An inspector without analyses; see {@link #setAnalyses}. */
    public InspectorPane(Background background, OpenInputs open, Handler handler) {
        this.background = background;
        this.open = open;
        this.handler = handler;
        setId("inspector");
        getStyleClass().add("inspector");
        inputs = new InputsForm(open, new InputsForm.Handler() {
            @Override
            public void browse(InputRole role, Consumer<Input> onOpen) {
                handler.browse(role, onOpen);
            }

            @Override
            public void open(Path file, Consumer<Input> onOpen) {
                handler.open(file, onOpen);
            }

            @Override
            public void changed() {
                message.setText("");
                refit();
            }
        });
        presets = new PresetMenu(handler);
        parameters = new ParameterForm(presets, this::suggest);
        presets.follow(() -> chosen().info().id(), parameters);
        sweep = new IconButton("fth-repeat", Texts.of("action.sweep").replace("\u2026", ""), handler::sweep);
        sweep.setId("sweep-button");
        help = new IconButton("fth-help-circle", Texts.of("inspector.help"), () -> handler.showHelp(chosen()));
        help.setId("analysis-help");
        copy = new IconButton("fth-terminal", Texts.of("copy.command"), this::copyCommand);
        copy.setId("copy-command");
        page.getStyleClass().add("inspector-page");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("edge-to-edge");
        setCenter(scroll);
        setBottom(runBar());
        gallery.chosenProperty().addListener((o, was, is) -> choose(is));
        open.items().addListener((ListChangeListener<OpenItem>) c -> refit());
        page.getChildren().setAll(gallery);
        showChosen(null);
    }

    /** The parts of forms, from small ones to that of an analysis. Any thread, while they are in no window. */
    public static List<Supplier<Node>> formParts(Analysis<?> analysis) {
        return List.of(
                () -> new ToolBar(new SegmentedButton(new ToggleButton())),
                PropertySheet::new,
                () -> {
                    ParameterForm form = new ParameterForm(new Region(), (parameter, then) -> {});
                    form.show(ParameterSet.of(analysis.parameters()));
                    return form;
                });
    }

    private Node runBar() {
        run.setId("run-button");
        run.getStyleClass().add(Styles.ACCENT);
        run.setGraphic(Icons.of("fth-play"));
        run.setMaxWidth(Double.MAX_VALUE);
        run.setOnAction(e -> run());
        HBox.setHgrow(run, Priority.ALWAYS);
        message.setId("run-message");
        message.getStyleClass().addAll("caption", "field-problem");
        message.setWrapText(true);
        message.managedProperty().bind(message.textProperty().isNotEmpty());
        HBox buttons = new HBox(8, run, sweep, copy, help);
        buttons.setAlignment(Pos.CENTER);
        VBox bar = new VBox(6, message, buttons);
        bar.getStyleClass().add("run-bar");
        return bar;
    }

    /** Shows these analyses in the gallery. */
    public void setAnalyses(List<Analysis<?>> found) {
        analyses = List.copyOf(found);
        gallery.setAnalyses(found);
        if (found.isEmpty()) {
            page.getChildren().setAll(new EmptyState("fth-search", Texts.of("inspector.none")));
        }
        refit();
    }

    /** Offers these devices for runs: ids with names. */
    public void setDevices(Map<String, String> devices) {
        settings.setDevices(devices);
    }

    private Analysis<?> chosen() {
        return gallery.chosenProperty().get();
    }

    private void choose(Analysis<?> analysis) {
        inputs.show(analysis.inputs());
        parameters.show(ParameterSet.of(analysis.parameters()));
        page.getChildren().setAll(gallery);
        Stages.run(
                () -> append(analysis, inputs), () -> append(analysis, parameters), () -> append(analysis, settings));
        showChosen(analysis);
        message.setText("");
        scroll.setVvalue(0);
        refit();
        onChosen.accept(analysis);
    }

    private void suggest(String parameter, Consumer<List<String>> then) {
        Analysis<?> analysis = chosen();
        Map<String, List<Input>> given = inputs.values();
        background.silent(
                () -> analysis.suggestions(parameter, InputMatching.toInputs(given)),
                found -> {
                    if (chosen() == analysis && inputs.values().equals(given)) {
                        then.accept(found);
                    }
                });
    }

    private void append(Analysis<?> analysis, Node part) {
        if (chosen() == analysis && !page.getChildren().contains(part)) {
            page.getChildren().add(part);
        }
    }

    private void showChosen(Analysis<?> analysis) {
        boolean any = analysis != null;
        run.setText(any ? Texts.of("run.what", analysis.info().title()) : Texts.of("inspector.choose"));
        run.setDisable(!any);
        sweep.setDisable(!any);
        copy.setDisable(!any);
        help.setDisable(!any);
        ready.set(any);
    }

    /** Asks every analysis in the background whether it fits what is open; once more at the end when that changes meanwhile. */
    private void refit() {
        inputs.refill();
        fitAgain = fitting;
        if (fitting) {
            return;
        }
        fitting = true;
        Analysis<?> current = chosen();
        List<Input> all = open.items().stream()
                .filter(OpenItem::isReady)
                .map(OpenItem::input)
                .toList();
        Map<String, List<Input>> choices = inputs.choices();
        background.quick(
                Texts.of("inspector.checking"),
                () -> fits(analyses, current, choices, all),
                found -> fitted(() -> {
                    fits = new LinkedHashMap<>();
                    found.forEach((id, fitted) -> fits.put(id, fitted.fit()));
                    gallery.showFits(fits);
                    if (current != null && chosen() == current) {
                        inputs.propose(found.get(current.info().id()).inputs());
                    }
                }),
                e -> fitted(() -> message.setText(String.valueOf(e.getMessage()))));
    }

    private void fitted(Runnable show) {
        fitting = false;
        if (fitAgain) {
            refit();
        } else {
            show.run();
        }
    }

    /** What is open as an analysis would take it, and whether it can. */
    private record Fitted(Map<String, List<Input>> inputs, Fit fit) {}

    private static Map<String, Fitted> fits(
            List<Analysis<?>> analyses, Analysis<?> current, Map<String, List<Input>> choices, List<Input> open) {
        Map<String, Fitted> fits = new LinkedHashMap<>();
        for (Analysis<?> analysis : analyses) {
            Map<String, List<Input>> filled = InputMatching.fillFitting(
                    analysis.inputs(), analysis == current ? choices : Map.of(), open,
                    inputs -> fit(analysis, inputs).fits());
            fits.put(analysis.info().id(), new Fitted(filled, fit(analysis, InputMatching.toInputs(filled))));
        }
        return fits;
    }

    private static Fit fit(Analysis<?> analysis, Inputs inputs) {
        try {
            return analysis.fits(inputs);
        } catch (RuntimeException e) { // an analysis may come from elsewhere; a broken one must not break the gallery
            return Fit.no(Texts.of("inspector.unchecked", e.getMessage()));
        }
    }

    /** Chooses an analysis. */
    public void choose(String id) {
        handler.comeForward();
        gallery.choose(id);
    }

    /** Puts an open input into a role of the chosen analysis. */
    public void setInput(String role, Input input) {
        inputs.choose(role, List.of(input));
    }

    /**
     * Fills everything from an earlier request; inputs follow as they are opened through {@link #setInput}.
     *
     * @return false when the analysis is not installed
     */
    public boolean prepare(RunRequest request) {
        if (analyses.stream().noneMatch(a -> a.info().id().equals(request.analysis()))) {
            return false;
        }
        gallery.choose(request.analysis());
        inputs.clear();
        parameters.setValues(request.parameters());
        settings.show(request.seed(), request.device());
        message.setText("");
        return true;
    }

    /** Puts open inputs into a role of the chosen analysis, in this order. */
    public void setInputs(String role, List<Input> open) {
        inputs.choose(role, open);
    }

    /** Checks everything, then queues the run; or points at what is wrong. */
    public void run() {
        request().ifPresent(request -> handler.run(request, inputs()));
    }

    /** Copies what is set as a command line, once it is valid. */
    public void copyCommand() {
        request().ifPresent(handler::copyCommand);
    }

    /** The open inputs as they are set. */
    public Inputs inputs() {
        return InputMatching.toInputs(inputs.values());
    }

    /** What is set as a request, once it is valid; else says what is wrong. */
    public Optional<RunRequest> request() {
        Analysis<?> analysis = chosen();
        if (analysis == null) {
            return Optional.empty();
        }
        Optional<String> problem = inputs.validate()
                .or(() -> misfit(analysis))
                .or(parameters::validate)
                .or(settings::validateAndPoint);
        message.setText(problem.orElse(""));
        if (problem.isPresent()) {
            handler.comeForward();
            revealFocus();
            return Optional.empty();
        }
        Map<String, List<Location>> locations = new LinkedHashMap<>();
        inputs.values().forEach((role, list) -> locations.put(role, list.stream().map(Input::location).toList()));
        return Optional.of(new RunRequest(
                analysis.info().id(),
                locations,
                parameters.values(),
                settings.seed(),
                settings.device(),
                handler.threads()));
    }

    private Optional<String> misfit(Analysis<?> analysis) {
        Fit fit = fits.getOrDefault(analysis.info().id(), Fit.yes());
        return fit.fits() ? Optional.empty() : Optional.of(fit.reason());
    }

    /** Scrolls so that the field that has the focus can be seen. */
    private void revealFocus() {
        Node focused = getScene() == null ? null : getScene().getFocusOwner();
        for (Node n = focused; n != null; n = n.getParent()) {
            if (n == page) {
                double y = page.sceneToLocal(focused.localToScene(focused.getBoundsInLocal())).getMinY();
                double hidden = page.getHeight() - scroll.getViewportBounds().getHeight();
                scroll.setVvalue(hidden <= 0 ? 0 : Math.clamp((y - 80) / hidden, 0, 1));
            }
        }
    }

    /** Whether an analysis is chosen, so that there is something to run. */
    public ReadOnlyBooleanProperty readyProperty() {
        return ready.getReadOnlyProperty();
    }

    /** Whether an analysis is chosen and every input it needs is there. */
    public boolean hasInputs() {
        return chosen() != null && inputs.complete();
    }

    /** Is told when an analysis is chosen. */
    public void onChosen(Consumer<Analysis<?>> listener) {
        onChosen = listener;
    }

    /** The analysis that is chosen. */
    public Optional<Analysis<?>> chosenAnalysis() {
        return Optional.ofNullable(chosen());
    }

    /** Moves the keyboard to the run button. */
    public void focusRun() {
        handler.comeForward();
        run.requestFocus();
    }

    /** The fit of an analysis as shown; fits when not known. */
    public Fit shownFit(String id) {
        return fits.getOrDefault(id, Fit.yes());
    }
}

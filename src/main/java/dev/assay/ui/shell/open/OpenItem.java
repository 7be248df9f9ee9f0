package dev.assay.ui.shell.open;

import dev.assay.analysis.Input;
import dev.assay.analysis.Location;
import dev.assay.data.Dataset;
import dev.assay.data.graph.GraphDataset;
import dev.assay.model.Model;
import dev.assay.model.gnn.GnnModel;
import dev.assay.ui.Texts;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.input.DataFormat;

/** A file or folder that is open, being opened, or could not be opened. JavaFX thread only. */
public final class OpenItem {

    /** What is dragged from the browser into the inspector: the location as text. */
    public static final DataFormat DRAG_FORMAT = new DataFormat("application/x-assay-input");

    /** Where it stands. */
    public enum Stage {
        /** Being read. */
        OPENING,
        /** Ready. */
        READY,
        /** Could not be read. */
        FAILED
    }

    private final Location location;
    private final ReadOnlyObjectWrapper<Stage> stage = new ReadOnlyObjectWrapper<>(Stage.OPENING);
    private Input input;
    private Throwable problem;

    OpenItem(Location location) {
        this.location = location;
    }

    void ready(Input opened) {
        input = opened;
        stage.set(Stage.READY);
    }

    void failed(Throwable cause) {
        problem = cause;
        stage.set(Stage.FAILED);
    }

    /** Where it is read from. */
    public Location location() {
        return location;
    }

    /** Where it stands. */
    public ReadOnlyObjectProperty<Stage> stageProperty() {
        return stage.getReadOnlyProperty();
    }

    /** The input; null unless ready. */
    public Input input() {
        return input;
    }

    /** Why it could not be opened; null unless it failed. */
    public Throwable problem() {
        return problem;
    }

    /** Whether it is ready. */
    public boolean isReady() {
        return stage.get() == Stage.READY;
    }

    /** Whether it is a model. */
    public boolean isModel() {
        return input instanceof Model || input instanceof GnnModel;
    }

    /** Whether it is a dataset. */
    public boolean isDataset() {
        return input instanceof Dataset || input instanceof GraphDataset;
    }

    /** Name for the user. */
    public String name() {
        return input == null ? location.fileName() : input.name();
    }

    /** The muted fact under the name. */
    public String fact() {
        return switch (stage.get()) {
            case OPENING -> Texts.of("tab.opening");
            case READY -> input.summary();
            case FAILED -> Texts.of("open.failed");
        };
    }

    /** Ikonli code of its icon. */
    public String icon() {
        if (stage.get() == Stage.FAILED) {
            return "fth-alert-circle";
        }
        return iconOf(input);
    }

    /** Ikonli code for an input; that of a file when it is null. */
    public static String iconOf(Input input) {
        return switch (input) {
            case Model m -> "fth-box";
            case GnnModel m -> "fth-box";
            case Dataset d -> "fth-database";
            case GraphDataset d -> "fth-share-2";
            case null, default -> "fth-file";
        };
    }
}

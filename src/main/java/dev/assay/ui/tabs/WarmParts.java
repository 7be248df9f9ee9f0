package dev.assay.ui.tabs;

import atlantafx.base.controls.CustomTextField;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Table;
import dev.assay.chart.ChartTheme;
import dev.assay.ui.IconButton;
import dev.assay.ui.Icons;
import dev.assay.ui.Strip;
import dev.assay.ui.view.CopyLabel;
import dev.assay.ui.view.FactRow;
import dev.assay.ui.view.FileDialogs;
import dev.assay.ui.view.Paging;
import dev.assay.ui.view.ResultCard;
import dev.assay.ui.view.ResultTable;
import dev.assay.ui.view.ResultView;
import dev.assay.ui.view.ResultViews;
import dev.assay.ui.view.ScalarRow;
import dev.assay.ui.view.TileGrid;
import dev.assay.ui.view.Worker;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Skin;
import javafx.scene.control.Slider;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TitledPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.skin.CheckBoxSkin;
import javafx.scene.control.skin.ComboBoxListViewSkin;
import javafx.scene.control.skin.LabelSkin;
import javafx.scene.control.skin.ListViewSkin;
import javafx.scene.control.skin.ProgressBarSkin;
import javafx.scene.control.skin.ProgressIndicatorSkin;
import javafx.scene.control.skin.ScrollPaneSkin;
import javafx.scene.control.skin.SliderSkin;
import javafx.scene.control.skin.SplitPaneSkin;
import javafx.scene.control.skin.TabPaneSkin;
import javafx.scene.control.skin.TableRowSkin;
import javafx.scene.control.skin.TableViewSkin;
import javafx.scene.control.skin.TextAreaSkin;
import javafx.scene.control.skin.TextFieldSkin;
import javafx.scene.control.skin.TitledPaneSkin;
import javafx.scene.control.skin.ToggleButtonSkin;
import javafx.scene.image.ImageView;
import javafx.scene.layout.StackPane;

/**
 * One of everything that tabs are made of, each with a little to show. Made in the background, which JavaFX allows for
 * nodes that are in no window: most of what the first of a kind costs is loading its classes.
 */
final class WarmParts {

    private static final int ROWS = 3;
    private static final Scalar SCALAR = new Scalar("scalar", "Text", 1, "", "");

    private WarmParts() {}

    /**
     * The parts, from the simple to those that are made of them. Any thread.
     *
     * @param others further parts
     */
    static List<Node> make(List<Supplier<Node>> others) {
        Worker worker = new Worker("warm-up", 1);
        ResultViews views = new ResultViews(worker, new FileDialogs(() -> null), problem -> {});
        List<Supplier<Node>> parts = List.of(
                () -> skinned(new Label("Text", Icons.of("fth-box")), LabelSkin::new),
                () -> new IconButton("fth-box", "Text", () -> {}),
                () -> skinned(new ToggleButton("Text", Icons.of("fth-box")), ToggleButtonSkin::new),
                () -> skinned(new CheckBox("Text"), CheckBoxSkin::new),
                () -> skinned(new TextField("Text"), TextFieldSkin::new),
                CustomTextField::new,
                () -> new MenuButton("Text", Icons.of("fth-box"), new MenuItem("Text")),
                () -> skinned(list(), ListViewSkin::new),
                WarmParts::choiceBox,
                () -> skinned(comboBox(), ComboBoxListViewSkin::new),
                () -> skinned(new ProgressBar(0.5), ProgressBarSkin::new),
                () -> skinned(new ProgressIndicator(), ProgressIndicatorSkin::new),
                () -> skinned(slider(), SliderSkin::new),
                () -> skinned(new ScrollPane(new StackPane(new ImageView())), ScrollPaneSkin::new),
                () -> skinned(new SplitPane(new StackPane(), new StackPane()), SplitPaneSkin::new),
                () -> skinned(new TitledPane("Text", new StackPane()), TitledPaneSkin::new),
                () -> skinned(new TabPane(new Tab("Text", new StackPane())), TabPaneSkin::new),
                () -> skinned(new TextArea(), TextAreaSkin::new),
                () -> skinned(new TableRow<>(), TableRowSkin::new),
                () -> skinned(new TableView<>(), TableViewSkin::new),
                () -> new Strip(Strip.Kind.INFO, "Text").action("Text", () -> {}),
                () -> new CopyLabel("Text", 8),
                () -> new FactRow().set("Text", "Text"),
                WarmParts::pages,
                WarmParts::scalars,
                WarmParts::tiles,
                () -> table(views),
                () -> chart(views));
        List<Node> made = Stream.concat(parts.stream(), others.stream()).map(Supplier::get).toList();
        worker.close();
        return made;
    }

    /** The skin is most of a control; else it would be made when the control is styled, which the window's thread does. */
    private static <C extends Control> C skinned(C control, Function<C, Skin<?>> skin) {
        control.setSkin(skin.apply(control));
        return control;
    }

    private static Node choiceBox() {
        ChoiceBox<String> box = new ChoiceBox<>();
        box.getItems().setAll("Text");
        box.setValue("Text");
        return box;
    }

    private static ComboBox<String> comboBox() {
        ComboBox<String> box = new ComboBox<>();
        box.getItems().setAll("Text");
        box.getSelectionModel().select(0);
        return box;
    }

    private static Slider slider() {
        Slider slider = new Slider();
        slider.setShowTickMarks(true);
        slider.setShowTickLabels(true);
        return slider;
    }

    private static ListView<String> list() {
        ListView<String> list = new ListView<>();
        list.getItems().setAll("Text");
        return list;
    }

    private static Node pages() {
        Paging pages = new Paging();
        pages.add("Text", "fth-box", new StackPane());
        return pages;
    }

    private static Node scalars() {
        ScalarRow row = new ScalarRow();
        row.show(List.of(SCALAR), Map.of());
        return row;
    }

    private static Node tiles() {
        TileGrid grid = new TileGrid(64, 64, () -> new TileGrid.Tile() {
            @Override
            protected void show(int item) {
                getChildren().setAll(new ImageView());
            }

            @Override
            protected void clear() {
                getChildren().clear();
            }
        });
        grid.setCount(ROWS);
        return grid;
    }

    private static Node table(ResultViews views) {
        ResultTable table = views.table();
        table.show(table());
        return table;
    }

    private static Node chart(ResultViews views) {
        ResultView view = views.of(curve(), ChartTheme.LIGHT);
        ResultCard card = new ResultCard(view, c -> {});
        card.show(curve(), "");
        return card;
    }

    /** A result of each of the commonest kinds. */
    static List<Result> results() {
        return List.of(SCALAR, curve(), table());
    }

    private static Table table() {
        Table.Builder rows = new Table.Builder(
                "table", "Text", List.of(Column.text("name", "Text"), Column.real("value", "Text", "")));
        for (int i = 0; i < ROWS; i++) {
            rows.add("text", (double) i);
        }
        return rows.snapshot();
    }

    private static Curve curve() {
        Curve.Builder curve = new Curve.Builder("curve", "Text", Axis.of("x", ""), Axis.of("y", ""));
        return curve.add("", 0, 0).add("", 1, 1).snapshot();
    }
}

package dev.assay.ui.report;

import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scalar;
import dev.assay.report.Block;
import dev.assay.report.ReportRun;
import dev.assay.report.ResultName;
import dev.assay.report.RunLabels;
import dev.assay.run.RunView;
import dev.assay.ui.Icons;
import dev.assay.ui.Texts;
import dev.assay.ui.view.Worker;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.layout.HBox;

/** What can be added to a report: words, and of every run its parts. A run is read when its menu is opened. */
final class AddMenu extends MenuButton {

    private static final int MOST_RUNS = 20;

    private final Supplier<List<RunView>> runs;
    private final Function<RunView, String> name;
    private final Worker worker;
    private final Consumer<Block> add;
    private final Consumer<Throwable> onProblem;

    AddMenu(
            Supplier<List<RunView>> runs, Function<RunView, String> name, Worker worker, Consumer<Block> add,
            Consumer<Throwable> onProblem) {
        // A menu button gives its own text too little room and shortens it to dots.
        HBox face = new HBox(8, Icons.of("fth-plus"), new Label(Texts.of("report.add")));
        face.setAlignment(Pos.CENTER);
        setGraphic(face);
        setAccessibleText(Texts.of("report.add"));
        this.runs = runs;
        this.name = name;
        this.worker = worker;
        this.add = add;
        this.onProblem = onProblem;
        setId("add-block");
        setMinWidth(USE_PREF_SIZE);
        setOnShowing(e -> fill());
        fill();
    }

    private void fill() {
        List<MenuItem> items = new ArrayList<>();
        items.add(item(Texts.of("report.add.heading"), new Block.Heading(Texts.of("report.add.heading"), 1)));
        items.add(item(Texts.of("report.add.note"), new Block.Note("")));
        List<RunView> all = runs.get().stream().limit(MOST_RUNS).toList();
        if (!all.isEmpty()) {
            items.add(new SeparatorMenuItem());
        }
        List<String> labels = RunLabels.of(
                all.stream().map(r -> new ReportRun(name.apply(r), r, "")).toList());
        for (int i = 0; i < all.size(); i++) {
            items.add(runMenu(all.get(i), labels.get(i)));
        }
        getItems().setAll(items);
    }

    private MenuItem item(String text, Block block) {
        MenuItem item = new MenuItem(text);
        item.setMnemonicParsing(false);
        item.setOnAction(e -> add.accept(block));
        return item;
    }

    private Menu runMenu(RunView run, String label) {
        Menu menu = new Menu(label);
        menu.setMnemonicParsing(false);
        List<String> key = List.of(run.id());
        menu.getItems()
                .setAll(
                        item(Texts.of("report.add.summary"), new Block.Summary(run.id())),
                        item(Texts.of("report.add.parameters"), new Block.Parameters(key)),
                        item(Texts.of("report.add.provenance"), new Block.Origin(run.id())));
        menu.setOnShowing(e -> {
            if (menu.getItems().size() == 3) {
                menu.getItems().add(new SeparatorMenuItem());
                worker.submit(run::results, found -> results(menu, key, found), onProblem);
            }
        });
        return menu;
    }

    private void results(Menu menu, List<String> key, List<Result> found) {
        if (found.stream().anyMatch(Scalar.class::isInstance)) {
            menu.getItems().add(item(Texts.of("report.add.figures"), new Block.Finding(key, ResultName.FIGURES, "")));
        }
        for (Result result : found) {
            if (!(result instanceof Scalar)) {
                menu.getItems().add(item(result.title(), new Block.Finding(key, ResultName.of(result), "")));
            }
        }
    }
}

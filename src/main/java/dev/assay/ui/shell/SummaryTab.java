package dev.assay.ui.shell;

import atlantafx.base.theme.Styles;
import dev.assay.analysis.Input;
import dev.assay.ui.shell.open.OpenItem;
import dev.assay.ui.tabs.TabContent;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableStringValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.VBox;
import java.nio.file.Path;

/** The tab of an input that is neither a model nor a dataset: what it is and where it lies. */
final class SummaryTab implements TabContent {

    private final String key;
    private final Input input;
    private final ReadOnlyStringWrapper title;
    private final VBox page = new VBox(12);

    SummaryTab(String key, Input input) {
        this.key = key;
        this.input = input;
        this.title = new ReadOnlyStringWrapper(input.name());
        Label name = new Label(input.name());
        name.getStyleClass().add("page-title");
        Label fact = new Label(input.summary());
        fact.getStyleClass().add(Styles.TEXT_MUTED);
        page.getStyleClass().add("inspector-page");
        page.setAlignment(Pos.TOP_LEFT);
        page.getChildren().addAll(name, fact);
        for (Path file : input.files()) {
            Label path = new Label(file.toString());
            path.getStyleClass().addAll("mono", Styles.TEXT_MUTED);
            page.getChildren().add(path);
        }
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public ObservableStringValue title() {
        return title.getReadOnlyProperty();
    }

    @Override
    public String icon() {
        return OpenItem.iconOf(input);
    }

    @Override
    public Node node() {
        return page;
    }

    @Override
    public void close() {
        // It holds nothing: the input belongs to the list of what is open.
    }
}

package dev.assay.ui.tabs;

import atlantafx.base.theme.Styles;
import dev.assay.data.Dataset;
import dev.assay.text.Numbers;
import dev.assay.ui.Texts;
import dev.assay.ui.view.IndexList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/** Samples that are rows of numbers. A row is loaded when it comes into view. */
final class SampleRows extends VBox {

    private static final int ROW_HEIGHT = 28;

    private final Dataset dataset;
    private final List<String> classes;
    private final SampleLoader loader;
    private final IndexList positions = new IndexList();
    private final TableView<Integer> view = new TableView<>(positions);
    private final Map<Long, SampleLoader.Request> requests = new HashMap<>();
    private final Set<Long> unreadable = new HashSet<>();
    private int[] indices;
    private boolean following;

    SampleRows(Dataset dataset, SampleLoader loader, LongConsumer onSelect, LongConsumer onOpen) {
        super(4);
        this.dataset = dataset;
        this.classes = dataset.classes();
        this.loader = loader;
        view.setId("sample-rows");
        view.setFixedCellSize(ROW_HEIGHT);
        view.getStyleClass().add(Styles.DENSE);
        view.setPlaceholder(new Label(Texts.of("samples.none")));
        view.getColumns()
                .add(column(Texts.of("samples.sample"), 88, true, position -> Numbers.count(sampleAt(position))));
        if (dataset.labelled()) {
            view.getColumns().add(column(Texts.of("samples.label"), 88, false, this::label));
        }
        long width = 1;
        for (int d : dataset.sampleShape()) {
            width *= d;
        }
        int columns = (int) Math.min(width, SampleLoader.MOST_VALUES);
        for (int v = 0; v < columns; v++) {
            int value = v;
            view.getColumns().add(column("x" + v, 96, true, position -> value(position, value)));
        }
        view.setRowFactory(v -> new Row(onOpen));
        view.setOnKeyPressed(e -> {
            Integer position = view.getSelectionModel().getSelectedItem();
            if (e.getCode() == KeyCode.ENTER && position != null) {
                onOpen.accept(sampleAt(position));
                e.consume();
            }
        });
        view.getSelectionModel().selectedItemProperty().addListener((o, before, position) -> {
            if (position != null && !following) {
                onSelect.accept(sampleAt(position));
            }
        });
        VBox.setVgrow(view, Priority.ALWAYS);
        getChildren().add(view);
        if (columns < width) {
            Label more = new Label(Texts.of("samples.columns", Numbers.count(columns), Numbers.count(width)));
            more.getStyleClass().add("caption");
            getChildren().add(more);
        }
        show(null);
    }

    /** Shows these samples; null for all. */
    void show(int[] chosen) {
        Integer before = view.getSelectionModel().getSelectedItem();
        long selected = before == null ? -1 : sampleAt(before);
        indices = chosen;
        long count = chosen == null ? dataset.size() : chosen.length;
        positions.setSize((int) Math.min(count, Integer.MAX_VALUE - 8));
        select(selected < 0 ? -1 : positionOf(selected));
        view.scrollTo(0);
        view.refresh();
    }

    private int positionOf(long sample) {
        return indices == null ? (int) Math.min(sample, positions.size())
                : IntStream.range(0, indices.length).filter(i -> indices[i] == sample).findFirst().orElse(-1);
    }

    /** Selects a row without telling anybody; none where there is no such row. */
    private void select(int position) {
        following = true;
        try {
            if (position >= 0 && position < positions.size()) {
                view.getSelectionModel().clearAndSelect(position);
            } else {
                view.getSelectionModel().clearSelection();
            }
        } finally {
            following = false;
        }
    }

    /** Selects the row of a sample that was selected elsewhere. */
    void mark(long sample) {
        int position = positionOf(sample);
        Integer chosen = view.getSelectionModel().getSelectedItem();
        if (position >= 0 && position < positions.size() && (chosen == null || chosen != position)) {
            select(position);
            view.scrollTo(Math.max(0, position - 3));
        }
    }

    private long sampleAt(int position) {
        return indices == null ? position : indices[position];
    }

    private interface Text {
        String at(int position);
    }

    private TableColumn<Integer, String> column(String name, double width, boolean numeric, Text text) {
        TableColumn<Integer, String> column = new TableColumn<>(name);
        column.setPrefWidth(width);
        column.setSortable(false);
        if (numeric) {
            column.getStyleClass().add("numeric");
        }
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(text.at(row.getValue())));
        column.setCellFactory(c -> new TableCell<>() {
            {
                setAlignment(numeric ? Pos.CENTER_RIGHT : Pos.CENTER_LEFT);
            }

            @Override
            protected void updateItem(String item, boolean empty) {
                super.updateItem(item, empty);
                setText(empty ? null : item);
            }
        });
        return column;
    }

    private String label(int position) {
        SampleLoader.Loaded loaded = loader.atHand(sampleAt(position));
        if (loaded == null) {
            return "";
        }
        return loaded.label() >= 0 && loaded.label() < classes.size() ? classes.get(loaded.label()) : Numbers.ABSENT;
    }

    private String value(int position, int value) {
        SampleLoader.Loaded loaded = loader.atHand(sampleAt(position));
        if (loaded == null || loaded.values() == null || value >= loaded.values().length) {
            return value == 0 && unreadable.contains(sampleAt(position)) ? Texts.of("samples.unreadable") : "";
        }
        return Numbers.value(loaded.values()[value]);
    }

    private final class Row extends TableRow<Integer> {

        private long asked = -1;

        Row(LongConsumer onOpen) {
            setOnMouseClicked(e -> {
                if (!isEmpty() && e.getClickCount() == 2) {
                    onOpen.accept(sampleAt(getItem()));
                }
            });
        }

        @Override
        protected void updateItem(Integer position, boolean empty) {
            super.updateItem(position, empty);
            long sample = empty || position == null ? -1 : sampleAt(position);
            if (sample == asked) {
                return;
            }
            SampleLoader.Request before = requests.remove(asked);
            if (before != null) {
                before.cancel();
            }
            asked = sample;
            if (sample >= 0 && loader.atHand(sample) == null) {
                requests.put(sample, loader.load(sample, loaded -> {
                    requests.remove(sample);
                    if (loaded.problem() != null) {
                        unreadable.add(sample);
                    }
                    view.refresh();
                }));
            }
        }
    }
}

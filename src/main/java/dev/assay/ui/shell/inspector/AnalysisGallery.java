package dev.assay.ui.shell.inspector;

import atlantafx.base.theme.Styles;
import dev.assay.analysis.Analysis;
import dev.assay.analysis.Fit;
import dev.assay.ui.Texts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/**
 * The analyses as cards by family. Once one is chosen the others fold away; a button brings them back. JavaFX thread
 * only.
 */
final class AnalysisGallery extends VBox {

    private static final int FILTER_FROM = 8;

    private final ReadOnlyObjectWrapper<Analysis<?>> chosen = new ReadOnlyObjectWrapper<>();
    private final ToggleGroup group = new ToggleGroup();
    private final List<AnalysisCard> cards = new ArrayList<>();
    private final TextField filter = new TextField();
    private final VBox list = new VBox(8);
    private final Button all = new Button(Texts.of("gallery.all"));
    private boolean folded;

    AnalysisGallery() {
        setId("analysis-gallery");
        setSpacing(8);
        Label title = new Label(Texts.of("gallery.title"));
        title.getStyleClass().add("panel-title");
        Region space = new Region();
        HBox.setHgrow(space, Priority.ALWAYS);
        all.setId("all-analyses");
        all.getStyleClass().addAll(Styles.FLAT, Styles.SMALL, Styles.ACCENT);
        all.setOnAction(e -> fold(false));
        HBox header = new HBox(8, title, space, all);
        header.getStyleClass().add("section-header");
        filter.setId("analysis-filter");
        filter.setPromptText(Texts.of("gallery.filter"));
        filter.setAccessibleText(Texts.of("gallery.filter"));
        filter.textProperty().addListener((o, was, is) -> arrange());
        getChildren().addAll(header, filter, list);
        group.selectedToggleProperty().addListener((o, was, is) -> {
            if (is instanceof AnalysisCard card) {
                chosen.set(card.analysis());
                fold(true);
            } else if (was != null && chosen.get() != null) {
                // A card that is clicked again stays chosen.
                was.setSelected(true);
            }
        });
        arrange();
    }

    /** Shows these analyses. */
    void setAnalyses(List<? extends Analysis<?>> analyses) {
        cards.clear();
        for (Analysis<?> analysis : analyses) {
            AnalysisCard card = new AnalysisCard(analysis);
            card.setToggleGroup(group);
            cards.add(card);
        }
        arrange();
    }

    private void fold(boolean fold) {
        folded = fold;
        arrange();
    }

    private void arrange() {
        boolean filtering = cards.size() >= FILTER_FROM && !folded;
        filter.setVisible(filtering);
        filter.setManaged(filtering);
        boolean more = folded && cards.size() > 1;
        all.setVisible(more);
        list.getChildren().clear();
        Map<String, List<AnalysisCard>> families = new LinkedHashMap<>();
        for (AnalysisCard card : cards) {
            boolean shown = folded ? card.isSelected() : !filtering || card.matches(filter.getText());
            if (shown) {
                families.computeIfAbsent(card.analysis().info().family(), k -> new ArrayList<>())
                        .add(card);
            }
        }
        families.forEach((family, members) -> {
            Label heading = new Label(family);
            heading.getStyleClass().addAll("caption", Styles.TEXT_MUTED, "family");
            list.getChildren().add(heading);
            list.getChildren().addAll(members);
        });
        if (families.isEmpty()) {
            Label none = new Label(cards.isEmpty() ? Texts.of("gallery.looking") : Texts.of("gallery.none"));
            none.getStyleClass().add(Styles.TEXT_MUTED);
            list.getChildren().add(none);
        }
    }

    /** Chooses an analysis. */
    void choose(String id) {
        cards.stream().filter(c -> c.analysis().info().id().equals(id)).findFirst().ifPresent(c -> {
            group.selectToggle(c);
            fold(true);
        });
    }

    /** Shows which analyses fit, by id. */
    void showFits(Map<String, Fit> fits) {
        cards.forEach(c -> c.show(fits.getOrDefault(c.analysis().info().id(), Fit.yes())));
    }

    /** The analysis chosen; null for none. */
    ReadOnlyObjectProperty<Analysis<?>> chosenProperty() {
        return chosen.getReadOnlyProperty();
    }
}

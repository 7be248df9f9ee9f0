package dev.assay.ui.shell.help;

import dev.assay.analysis.Analysis;
import dev.assay.analysis.AnalysisInfo;
import dev.assay.ui.ClipboardText;
import dev.assay.ui.EmptyState;
import dev.assay.ui.Icons;
import dev.assay.ui.Texts;
import dev.assay.ui.shell.jobs.Background;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Separator;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.VBox;

/**
 * The help page of one analysis with its formulas and its citation. A page is made in the background, since formulas take a
 * while to draw. JavaFX thread only.
 */
public final class HelpPane extends BorderPane {

    private final Background background;
    private final Consumer<String> onLink;
    private final Consumer<String> notice;
    private AnalysisInfo shown;

    /**
     * A pane without a page.
     *
     * @param onLink opens an address
     * @param notice tells the user something in passing
     */
    public HelpPane(Background background, Consumer<String> onLink, Consumer<String> notice) {
        this.background = background;
        this.onLink = onLink;
        this.notice = notice;
        setId("help-pane");
        getStyleClass().add("help-pane");
        setCenter(new EmptyState("fth-help-circle", Texts.of("help.empty")));
    }

    /** Shows the page of an analysis, from its top; stays where it is when that is shown already. */
    public void show(Analysis<?> analysis) {
        AnalysisInfo info = analysis.info();
        if (info.equals(shown)) {
            return;
        }
        shown = info;
        background.quick(
                Texts.of("help.making", info.title()),
                () -> page(info),
                page -> {
                    if (info.equals(shown)) {
                        setCenter(page);
                    }
                },
                e -> {
                    if (info.equals(shown)) {
                        setCenter(new EmptyState("fth-alert-circle", Texts.of("help.failed", info.title())));
                    }
                });
    }

    /** The id of the analysis whose page is shown, or on its way. */
    public Optional<String> shown() {
        return Optional.ofNullable(shown).map(AnalysisInfo::id);
    }

    private Node page(AnalysisInfo info) {
        Label title = wrapped(info.title(), "page-title");
        title.setId("help-title");
        MarkdownView text = MarkdownView.withoutTitle(info.help(), onLink);
        Label heading = wrapped(Texts.of("help.citation"), "panel-title");
        Label citation = wrapped(info.citation(), "help-citation");
        citation.setId("help-citation");
        Button copy = new Button(Texts.of("help.copy.citation"), Icons.of("fth-copy"));
        copy.setId("copy-citation");
        copy.getStyleClass().add("small");
        copy.setOnAction(e -> {
            ClipboardText.put(info.citation());
            notice.accept(Texts.of("help.copied"));
        });
        VBox page = new VBox(12, title, text, new Separator(), new VBox(6, heading, citation), copy);
        page.getStyleClass().add("help-page");
        ScrollPane scroll = new ScrollPane(page);
        scroll.setId("help-scroll");
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("edge-to-edge");
        return scroll;
    }

    private static Label wrapped(String text, String style) {
        Label label = new Label(text);
        label.setWrapText(true);
        label.getStyleClass().add(style);
        return label;
    }
}

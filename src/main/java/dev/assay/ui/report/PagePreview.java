package dev.assay.ui.report;

import dev.assay.report.Report;
import dev.assay.report.ReportPreview;
import dev.assay.ui.Texts;
import dev.assay.ui.view.Worker;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import javafx.animation.Animation;
import javafx.animation.PauseTransition;
import javafx.beans.value.ChangeListener;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.layout.StackPane;
import javafx.util.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pages of a report as they will be on paper. Laid out in the background a moment after a change; a page is painted when
 * it is scrolled to. JavaFX thread only.
 */
final class PagePreview extends StackPane {

    private static final Logger LOG = LoggerFactory.getLogger(PagePreview.class);
    private static final Duration QUIET = Duration.millis(350);
    private static final double MARGIN = 32;
    private static final double FINE = 2;
    private static final int MOST_PAINTED = 12;

    private final ReportDocument document;
    private final Consumer<Throwable> onProblem;
    private final Worker worker = new Worker("report-preview", 1);
    private final ObservableList<Integer> numbers = FXCollections.observableArrayList();
    private final ListView<Integer> pages = new ListView<>(numbers);
    private final Map<Integer, Image> painted = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        /** A page is tens of megabytes; those looked at longest ago are painted anew when they are scrolled to. */
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Image> eldest) {
            boolean leaves = size() > MOST_PAINTED;
            if (leaves) {
                asked.remove(eldest.getKey());
            }
            return leaves;
        }
    };
    private final Map<Integer, Double> asked = new HashMap<>();
    private final Label busy = new Label(Texts.of("report.laying"));
    private final PauseTransition pause = new PauseTransition(QUIET);
    /** The document outlives its tab. */
    private final ChangeListener<Report> changed = (o, before, now) -> pause.playFromStart();
    private final PauseTransition resized = new PauseTransition(QUIET);
    private final AtomicLong wanted = new AtomicLong();
    private ReportPreview preview;

    PagePreview(ReportDocument document, Consumer<Throwable> onProblem) {
        this.document = document;
        this.onProblem = onProblem;
        pages.setId("report-pages");
        pages.setAccessibleText(Texts.of("report.pages"));
        pages.getStyleClass().addAll("report-pages", "edge-to-edge");
        pages.setCellFactory(v -> new PageCell());
        pages.setFocusTraversable(true);
        busy.getStyleClass().addAll("caption", "preview-busy");
        StackPane.setAlignment(busy, javafx.geometry.Pos.TOP_RIGHT);
        busy.setMouseTransparent(true);
        getChildren().addAll(pages, busy);
        pause.setOnFinished(e -> layOut());
        document.report().addListener(changed);
        // Until a window's size is settled the pages are stretched; then they are painted for it.
        widthProperty().addListener((o, before, now) -> {
            pages.refresh();
            resized.playFromStart();
        });
        resized.setOnFinished(e -> pages.refresh());
        layOut();
    }

    /** Lays the pages out anew, for a run that has found more. */
    void layOut() {
        long number = wanted.incrementAndGet();
        Report report = document.report().get();
        busy.setVisible(true);
        worker.submit(
                () -> ReportPreview.of(report, document.source(), () -> worker.isClosed() || wanted.get() != number),
                made -> show(made, number),
                problem -> {
                    if (wanted.get() == number) {
                        busy.setVisible(false);
                        onProblem.accept(problem);
                    }
                });
    }

    private void show(ReportPreview made, long number) {
        if (wanted.get() != number) {
            free(made);
            return;
        }
        free(preview);
        preview = made;
        busy.setVisible(false);
        painted.clear();
        asked.clear();
        Integer[] all = new Integer[made.pages()];
        for (int i = 0; i < all.length; i++) {
            all[i] = i;
        }
        if (numbers.size() == all.length) {
            pages.refresh();
        } else {
            numbers.setAll(all);
        }
    }

    private void free(ReportPreview old) {
        if (old != null) {
            worker.submit(
                    () -> {
                        old.close();
                        return null;
                    },
                    done -> {},
                    onProblem);
        }
    }

    private double pageWidth() {
        return Math.max(200, getWidth() - MARGIN);
    }

    /** Paints a page for the present width, unless it is, or soon will be. */
    private void paint(int page) {
        double width = pageWidth();
        boolean waits = painted.containsKey(page) && resized.getStatus() == Animation.Status.RUNNING;
        if (preview == null || waits || Double.valueOf(width).equals(asked.get(page))) {
            return;
        }
        asked.put(page, width);
        ReportPreview from = preview;
        double scale = width / ReportPreview.width() * FINE;
        worker.submit(
                () -> (Image) SwingFXUtils.toFXImage(from.page(page, scale), null),
                (Image image) -> {
                    if (from == preview) {
                        painted.put(page, image);
                        pages.refresh();
                    }
                },
                problem -> {
                    if (from == preview && !(problem instanceof IOException)) {
                        onProblem.accept(problem);
                    }
                });
    }

    /** Whether every page in view is painted. */
    boolean isPainted() {
        return !busy.isVisible() && !painted.isEmpty() && resized.getStatus() != Animation.Status.RUNNING;
    }

    int pageCount() {
        return numbers.size();
    }

    void close() {
        document.report().removeListener(changed);
        pause.stop();
        resized.stop();
        wanted.incrementAndGet();
        ReportPreview last = preview;
        preview = null;
        worker.closeThen(() -> close(last));
    }

    private static void close(ReportPreview last) {
        try {
            if (last != null) {
                last.close();
            }
        } catch (IOException e) {
            LOG.warn("The pages of a report could not be let go of", e);
        }
    }

    private final class PageCell extends ListCell<Integer> {

        private final ImageView view = new ImageView();
        private final StackPane paper = new StackPane(view);

        PageCell() {
            setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
            paper.getStyleClass().add("paper");
            getStyleClass().add("page-cell");
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(Integer page, boolean empty) {
            super.updateItem(page, empty);
            if (empty || page == null) {
                setGraphic(null);
                return;
            }
            double width = pageWidth();
            paper.setMinSize(width, width * ReportPreview.heightPerWidth());
            paper.setMaxSize(width, width * ReportPreview.heightPerWidth());
            view.setImage(painted.get(page));
            view.setFitWidth(width);
            view.setPreserveRatio(true);
            view.setSmooth(true);
            setAccessibleText(Texts.of("report.page", String.valueOf(page + 1), String.valueOf(numbers.size())));
            setGraphic(paper);
            paint(page);
        }
    }
}

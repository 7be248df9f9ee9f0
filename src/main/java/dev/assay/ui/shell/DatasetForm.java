package dev.assay.ui.shell;

import atlantafx.base.theme.Styles;
import dev.assay.data.fetch.DatasetCache;
import dev.assay.data.fetch.DatasetFetcher;
import dev.assay.data.fetch.KnownDataset;
import dev.assay.text.Numbers;
import dev.assay.ui.Texts;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Duration;

/** Well-known datasets that can be fetched, with how far a fetch is. JavaFX thread only; fetching is in the background. */
final class DatasetForm extends VBox {

    private final Parts parts;
    private final Supplier<DatasetFetcher> fetcher;
    private final Consumer<DatasetFetcher.Fetched> onFetched;
    private final VBox list = new VBox(12);
    private final Label status = new Label();
    private final ProgressBar bar = new ProgressBar(0);
    private final Button stop = new Button(Texts.of("stop"));
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong total = new AtomicLong(-1);
    private final Timeline look = new Timeline(new KeyFrame(Duration.millis(100), e -> showProgress()));
    private AtomicBoolean cancelled = new AtomicBoolean();

    DatasetForm(Parts parts, Supplier<DatasetFetcher> fetcher, Consumer<DatasetFetcher.Fetched> onFetched) {
        this.parts = parts;
        this.fetcher = fetcher;
        this.onFetched = onFetched;
        setId("dataset-form");
        setSpacing(16);
        setPrefWidth(620);
        Path folder = DatasetCache.folder();
        Label where = new Label(Texts.of("dataset.where", Numbers.shortened(folder.toString(), 60)));
        where.getStyleClass().add(Styles.TEXT_MUTED);
        for (KnownDataset dataset : KnownDataset.values()) {
            list.getChildren().add(row(dataset, folder));
        }
        look.setCycleCount(Animation.INDEFINITE);
        stop.setOnAction(e -> cancelled.set(true));
        stop.getStyleClass().add(Styles.SMALL);
        status.setWrapText(true);
        status.setId("dataset-status");
        HBox.setHgrow(status, Priority.ALWAYS);
        status.setMaxWidth(Double.MAX_VALUE);
        bar.setPrefWidth(160);
        HBox progress = new HBox(8, status, bar, stop);
        progress.setAlignment(Pos.CENTER_LEFT);
        progress.setMinHeight(32);
        getChildren().addAll(where, list, progress);
        showBusy(false);
    }

    private HBox row(KnownDataset dataset, Path folder) {
        Label title = new Label(dataset.title());
        title.getStyleClass().add(Styles.TEXT_BOLD);
        Label about = new Label(dataset.about());
        about.setWrapText(true);
        about.getStyleClass().addAll("caption", Styles.TEXT_MUTED);
        VBox texts = new VBox(2, title, about);
        HBox.setHgrow(texts, Priority.ALWAYS);
        Button get = new Button(Texts.of("dataset.get", Numbers.bytes(dataset.roughBytes())));
        get.setId("get-" + dataset.id());
        get.setAccessibleText(Texts.of("dataset.get.what", dataset.title()));
        get.setMinWidth(120);
        get.setOnAction(e -> fetch(dataset, folder));
        HBox row = new HBox(16, texts, get);
        row.setAlignment(Pos.CENTER_LEFT);
        return row;
    }

    private void fetch(KnownDataset dataset, Path folder) {
        AtomicBoolean mine = new AtomicBoolean();
        cancelled = mine;
        done.set(0);
        total.set(-1);
        showBusy(true);
        status.setText(Texts.of("dataset.getting", dataset.title()));
        parts.background()
                .io(Texts.of("dataset.getting", dataset.title()),
                        () -> fetcher.get().fetch(dataset, folder, (bytes, of) -> {
                            if (mine.get()) {
                                throw new CancellationException("stopped");
                            }
                            done.set(bytes);
                            total.set(of);
                        }), fetched -> {
                            showBusy(false);
                            status.setText(Texts.of("dataset.open", dataset.title()));
                            onFetched.accept(fetched);
                        }, problem -> {
                            showBusy(false);
                            status.setText(
                                    problem instanceof CancellationException
                                            ? Texts.of("dataset.stopped")
                                            : String.valueOf(problem.getMessage()));
                        });
    }

    private void showBusy(boolean busy) {
        list.setDisable(busy);
        bar.setVisible(busy);
        stop.setVisible(busy);
        if (busy) {
            look.play();
        } else {
            look.stop();
        }
    }

    private void showProgress() {
        long of = total.get();
        bar.setProgress(of > 0 ? (double) done.get() / of : -1);
    }
}

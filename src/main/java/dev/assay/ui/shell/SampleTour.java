package dev.assay.ui.shell;

import dev.assay.analysis.AnalysisException;
import dev.assay.chart.ChartFiles;
import dev.assay.chart.ChartTheme;
import dev.assay.run.Catalogue;
import dev.assay.run.Run;
import dev.assay.run.RunRecord;
import dev.assay.run.RunState;
import dev.assay.run.RunView;
import dev.assay.run.json.ResultFolder;
import dev.assay.text.Numbers;
import dev.assay.ui.RunFacts;
import dev.assay.ui.chart.ResultChart;
import dev.assay.ui.shell.frame.Choosers;
import dev.assay.ui.shell.prefs.WindowPrefs;
import dev.assay.workspace.SettingsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Parent;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.stage.Stage;
import javax.imageio.ImageIO;

/**
 * What Assay does on a machine without a display: opens the real window on JavaFX's headless platform, runs the sample
 * analysis in it, and saves the results, the charts and a picture of the window.
 */
public final class SampleTour {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int ALIKE = 10;
    private static final double WIDTH = 1440;
    private static final double HEIGHT = 900;

    private final Consumer<String> print;
    private final Path folder;
    private AssayWindow window;
    private Stage stage;

    private SampleTour(Consumer<String> print, Path folder) {
        this.print = print;
        this.folder = folder;
    }

    /** Whether there is no display to open a window on. */
    public static boolean needed() {
        boolean linux = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux");
        return linux
                && System.getProperty("glass.platform") == null
                && isBlank(System.getenv("DISPLAY"))
                && isBlank(System.getenv("WAYLAND_DISPLAY"));
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }

    /**
     * Takes the tour. Called once in a process, before JavaFX is started and not on its thread.
     *
     * @param folder where results go; made when it is missing
     * @param print takes lines for the user
     * @throws AnalysisException when it did not succeed, with the reason
     */
    public static void take(Path folder, Consumer<String> print) throws AnalysisException {
        System.setProperty("glass.platform", "Headless");
        System.setProperty("prism.order", "sw");
        System.setProperty("java.awt.headless", "true");
        try {
            new SampleTour(print, folder.toAbsolutePath().normalize()).take();
        } catch (IOException | ExecutionException | TimeoutException e) {
            throw new AnalysisException(String.valueOf(e.getMessage()), "the sample", "", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AnalysisException("it was interrupted", "the sample", "", e);
        } finally {
            Platform.exit();
        }
    }

    private void take()
            throws AnalysisException, IOException, ExecutionException, TimeoutException, InterruptedException {
        if (SampleData.find().isEmpty()) {
            throw new AnalysisException(
                    "there is no sample data", "sample-data", "it lies beside the program; install it again");
        }
        Files.createDirectories(folder);
        print.accept("There is no display: the window is opened on JavaFX's headless platform and runs the sample.");
        open();
        await("the sample is open", () -> shell().inspector().hasInputs());
        settle();
        Path ready = picture("window-ready.png");
        Run run = start();
        follow(run);
        settle();
        Path done = picture("window.png");
        RunRecord record = run.record();
        List<Path> files = new ArrayList<>(List.of(folder.resolve(ResultFolder.RESULT)));
        new ResultFolder().write(record, folder);
        files.addAll(ChartFiles.writeAll(record.results(), folder, ChartTheme.LIGHT));
        onFx(() -> {
            window.stop();
            stage.hide();
            return null;
        });
        tell(record, files, List.of(ready, done));
        if (record.state() != RunState.DONE) {
            String why = record.failure().map(f -> f.message()).orElse("it did not end well");
            throw new AnalysisException(why, "the sample run", "");
        }
    }

    private Shell shell() {
        return window.shell();
    }

    private void open() throws InterruptedException, ExecutionException, TimeoutException {
        LaunchOptions options =
                new LaunchOptions(Optional.of(folder.resolve("workspace")), List.of(), true, Optional.empty());
        SettingsFile settings = SettingsFile.load(folder.resolve("settings.json"));
        // Nobody is there to be shown around.
        new WindowPrefs(settings).setStartedBefore();
        window = new AssayWindow(
                s -> new WindowConfig(options, settings, Catalogue::load, new NoChoosers(), address -> {}, s));
        CountDownLatch started = new CountDownLatch(1);
        Platform.startup(started::countDown);
        started.await();
        Platform.setImplicitExit(false);
        onFx(() -> {
            stage = new Stage();
            window.start(stage);
            stage.setWidth(WIDTH);
            stage.setHeight(HEIGHT);
            return null;
        });
    }

    private Run start() throws InterruptedException, ExecutionException, TimeoutException {
        onFx(() -> {
            shell().inspector().run();
            return null;
        });
        await("the run is queued", () -> !shell().parts().runs().session().isEmpty());
        return onFx(() -> (Run) shell().parts().runs().session().getFirst());
    }

    private void follow(Run run) throws InterruptedException, ExecutionException, TimeoutException {
        String phase = "";
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!run.state().isFinal()) {
            if (!run.progress().phase().equals(phase)) {
                phase = run.progress().phase();
                print.accept(RunFacts.progress(run.progress()));
            }
            pause(end, "the run ends");
        }
    }

    /** Waits until the tabs show all there is and have looked the same for a while. */
    private void settle() throws InterruptedException, ExecutionException, TimeoutException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        int before = 0;
        for (int same = 0; same < ALIKE;) {
            boolean drawn = onFx(() -> chartsAreDrawn(stage.getScene().getRoot()));
            int now = onFx(() -> hash(shell().tabs().snapshot(null, null)));
            same = drawn && now == before ? same + 1 : 0;
            before = now;
            pause(end, "the window is at rest");
        }
    }

    /** Charts are painted in the background; whether those under a node are all there. */
    static boolean chartsAreDrawn(Parent root) {
        return root.lookupAll(".result-chart").stream()
                .map(ResultChart.class::cast)
                .allMatch(ResultChart::isUpToDate);
    }

    /** A number that differs when a picture does. */
    static int hash(WritableImage image) {
        int width = (int) image.getWidth();
        int[] row = new int[width];
        int hash = 1;
        for (int y = 0; y < image.getHeight(); y++) {
            image.getPixelReader().getPixels(0, y, width, 1, PixelFormat.getIntArgbInstance(), row, 0, width);
            hash = 31 * hash + Arrays.hashCode(row);
        }
        return hash;
    }

    private void tell(RunView run, List<Path> results, List<Path> pictures) {
        print.accept(run.name() + ": " + RunFacts.fact(run) + ", " + run.device());
        print.accept("Results: " + results.getFirst());
        print.accept("Charts:  " + Numbers.count(results.size() - 1) + " SVG files in " + folder);
        pictures.forEach(p -> print.accept("Picture of the window: " + p));
    }

    private Path picture(String name) throws IOException, InterruptedException, ExecutionException, TimeoutException {
        WritableImage image = onFx(() -> stage.getScene().snapshot(null));
        Path file = folder.resolve(name);
        ImageIO.write(SwingFXUtils.fromFXImage(image, null), "png", file.toFile());
        return file;
    }

    private <T> T onFx(Callable<T> work) throws InterruptedException, ExecutionException, TimeoutException {
        CompletableFuture<T> result = new CompletableFuture<>();
        Platform.runLater(() -> {
            try {
                result.complete(work.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        return result.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }

    private void await(String what, Callable<Boolean> condition)
            throws InterruptedException, ExecutionException, TimeoutException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!onFx(condition)) {
            pause(end, what);
        }
    }

    private static void pause(long end, String what) throws InterruptedException, TimeoutException {
        if (System.nanoTime() > end) {
            throw new TimeoutException("waited in vain until " + what);
        }
        TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
    }

    /** Nobody is there to be asked. */
    private static final class NoChoosers implements Choosers {

        @Override
        public List<Path> openFiles(String title, Optional<Path> folder, List<ExtensionFilter> filters) {
            return List.of();
        }

        @Override
        public Optional<Path> folder(String title, Optional<Path> folder) {
            return Optional.empty();
        }

        @Override
        public Optional<Path> save(String title, String suggestedName, ExtensionFilter filter) {
            return Optional.empty();
        }
    }
}

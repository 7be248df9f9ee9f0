package dev.assay.data.fetch;

import ai.djl.Application;
import ai.djl.basicdataset.BasicDatasets;
import ai.djl.repository.Artifact;
import ai.djl.repository.MRL;
import dev.assay.analysis.InputException;
import dev.assay.data.Dataset;
import dev.assay.data.cifar.CifarKind;
import dev.assay.data.idx.IdxKind;
import dev.assay.data.source.FileStamp;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches datasets from the repository of the Deep Java Library, which checks them by SHA-1. */
public final class DjlDatasetFetcher implements DatasetFetcher {

    private static final Logger LOG = LoggerFactory.getLogger(DjlDatasetFetcher.class);
    private static final long TELL_MS = 100;
    /** Nothing is fetched for so long. */
    private static final Duration LEFT_AFTER = Duration.ofDays(1);

    private final URI address;

    /** Fetches from DJL's own repository. */
    public DjlDatasetFetcher() {
        this(BasicDatasets.DJL_REPO_URL);
    }

    DjlDatasetFetcher(URI address) {
        this.address = address;
    }

    @Override
    public Fetched fetch(KnownDataset dataset, Path folder, Progress progress) throws InputException {
        Path target = folder.resolve(dataset.id());
        Fetched fetched = new Fetched(target, dataset.train(target), dataset.test(target));
        if (Files.exists(target)) {
            check(dataset, fetched);
            return fetched;
        }
        Path staging;
        try {
            Files.createDirectories(folder);
            clearUp(dataset, folder);
            staging = Files.createTempDirectory(folder, "." + dataset.id() + "-");
        } catch (IOException e) {
            throw unwritable(folder, e);
        }
        ByteProgress bytes = new ByteProgress();
        FutureTask<Void> work = new FutureTask<>(() -> {
            try {
                download(dataset, staging, bytes);
                bytes.check();
                publish(dataset, staging, target);
                return null;
            } finally {
                deleteAll(staging);
            }
        });
        Thread.ofPlatform().daemon().name("fetch " + dataset.id()).start(work);
        await(dataset, work, bytes, progress);
        check(dataset, fetched);
        return fetched;
    }

    /** Waits for the thread that downloads; a connection that hangs does not hold up a cancel. */
    private void await(KnownDataset dataset, FutureTask<Void> work, ByteProgress bytes, Progress progress)
            throws InputException {
        boolean finished = false;
        try {
            while (!finished) {
                try {
                    work.get(TELL_MS, TimeUnit.MILLISECONDS);
                    finished = true;
                } catch (TimeoutException e) {
                    // still at it
                }
                progress.bytes(bytes.done(), bytes.total());
            }
        } catch (ExecutionException e) {
            finished = true;
            throw problem(dataset, e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("fetching was interrupted");
        } finally {
            if (!finished) {
                bytes.cancel();
            }
        }
    }

    private void download(KnownDataset dataset, Path staging, ByteProgress progress) throws IOException {
        StagedRepository repository = new StagedRepository(address, staging.resolve("djl"));
        MRL place = repository.dataset(
                Application.CV.IMAGE_CLASSIFICATION, BasicDatasets.GROUP_ID, dataset.artifact(), "1.0");
        Artifact artifact = place.getDefaultArtifact();
        if (artifact == null) {
            throw new IOException("the repository does not have " + dataset.title());
        }
        Map<String, Artifact.Item> items = artifact.getFiles();
        for (Artifact.Item item : items.values()) {
            if (!item.getName().matches("[\\w.-]+") || item.getName().startsWith(".")) {
                throw new IOException("the repository names a file '" + item.getName() + "'");
            }
        }
        place.prepare(artifact, progress);
        Path ready = Files.createDirectories(staging.resolve("ready"));
        for (KnownDataset.Part part : dataset.parts()) {
            progress.check();
            Artifact.Item item = items.get(part.item());
            if (item == null) {
                throw new IOException("the repository does not have " + part.item() + " of " + dataset.title());
            }
            try (InputStream in = repository.openStream(item, null)) {
                Files.copy(in, ready.resolve(part.file()));
            }
        }
        for (String file : dataset.classFiles()) {
            Files.write(ready.resolve(file), dataset.classes());
        }
    }

    private static void publish(KnownDataset dataset, Path staging, Path target) throws IOException, InputException {
        Path ready = staging.resolve("ready");
        check(dataset, new Fetched(ready, dataset.train(ready), dataset.test(ready)));
        Files.move(ready, target);
    }

    /** Opens both parts, which checks their headers and sizes. */
    private static void check(KnownDataset dataset, Fetched fetched) throws InputException {
        boolean cifar = dataset == KnownDataset.CIFAR_10;
        try (Dataset train = cifar ? new CifarKind().open(fetched.train()) : new IdxKind().open(fetched.train());
                Dataset test = cifar ? new CifarKind().open(fetched.test()) : new IdxKind().open(fetched.test())) {
            if (!train.labelled() || !test.labelled()) {
                throw new InputException(
                        "this folder lacks the labels of " + dataset.title(),
                        fetched.folder().toString(),
                        "move it away and fetch the dataset again");
            }
        } catch (InputException e) {
            throw new InputException(
                    "what is there is no whole " + dataset.title() + " (" + e.what() + ")",
                    e.where(),
                    "move the folder away and fetch the dataset again",
                    e);
        }
    }

    private InputException problem(KnownDataset dataset, Throwable cause) {
        String what = dataset.title() + " cannot be fetched";
        return switch (cause) {
            case InputException e -> e;
            case CancellationException e -> throw e;
            case UnknownHostException e -> offline(what, e);
            case ConnectException e -> offline(what, e);
            case NoRouteToHostException e -> offline(what, e);
            case SocketTimeoutException e -> offline(what, e);
            case SSLException e -> offline(what, e);
            case SocketException e -> offline(what, e);
            case IOException e ->
                new InputException(
                        what + " (" + FileStamp.reason(e) + ")",
                        address.toString(),
                        "try again later, or open files that you have from elsewhere",
                        e);
            case RuntimeException e -> throw e;
            default -> throw new IllegalStateException(cause);
        };
    }

    private InputException offline(String what, IOException cause) {
        String server = address.getHost() == null ? address.toString() : address.getHost();
        return new InputException(
                what + ": " + server + " cannot be reached (" + cause.getClass().getSimpleName() + ")",
                "Get dataset",
                "connect to the internet (mind the proxy) and try again, or fetch the files on another machine and open"
                        + " them here",
                cause);
    }

    private static InputException unwritable(Path folder, IOException e) {
        return new InputException(
                "the folder cannot be written (" + FileStamp.reason(e) + ")",
                folder.toString(),
                "choose another folder",
                e);
    }

    /** Takes away what a program left that was ended while it fetched; another that is at it now began not long ago. */
    private static void clearUp(KnownDataset dataset, Path folder) throws IOException {
        FileTime longAgo = FileTime.from(Instant.now().minus(LEFT_AFTER));
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "." + dataset.id() + "-*")) {
            for (Path staging : left) {
                if (Files.isDirectory(staging, LinkOption.NOFOLLOW_LINKS)
                        && Files.getLastModifiedTime(staging).compareTo(longAgo) < 0) {
                    deleteAll(staging);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static void deleteAll(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            LOG.warn("The folder {} could not be taken away", folder, e);
        }
    }
}

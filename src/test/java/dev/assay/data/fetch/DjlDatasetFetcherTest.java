package dev.assay.data.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.assay.analysis.InputException;
import dev.assay.data.Dataset;
import dev.assay.data.IdxFiles;
import dev.assay.data.cifar.CifarKind;
import dev.assay.data.idx.IdxKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DjlDatasetFetcherTest {

    private static final DatasetFetcher.Progress SILENT = (done, total) -> {};

    @TempDir
    Path temporary;

    private Path server;
    private Path folder;

    @BeforeEach
    void folders() throws IOException {
        server = Files.createDirectories(temporary.resolve("server"));
        folder = temporary.resolve("datasets");
    }

    private DatasetFetcher fetcher() {
        return new DjlDatasetFetcher(server.toUri());
    }

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void whatIsFetchedOpensWithItsLabels() throws Exception {
        FakeRepository.mnist(server, "mnist");
        DatasetFetcher.Fetched fetched = fetcher().fetch(KnownDataset.MNIST, folder, SILENT);
        try (Dataset train = new IdxKind().open(fetched.train());
                Dataset test = new IdxKind().open(fetched.test())) {
            assertThat(train.size()).isEqualTo(12);
            assertThat(train.classCounts()).containsExactly(3, 3, 3, 3);
            assertThat(test.size()).isEqualTo(4);
        }
        assertThat(left()).containsExactly("mnist");
    }

    @Test
    void fashionMnistComesWithTheNamesOfItsClasses() throws Exception {
        FakeRepository.mnist(server, "fashmnist");
        DatasetFetcher.Fetched fetched = fetcher().fetch(KnownDataset.FASHION_MNIST, folder, SILENT);
        try (Dataset test = new IdxKind().open(fetched.test())) {
            assertThat(test.classes()).hasSize(10).contains("Sneaker");
        }
    }

    @Test
    void cifarOpensAsAFolder() throws Exception {
        FakeRepository.cifar(server);
        DatasetFetcher.Fetched fetched = fetcher().fetch(KnownDataset.CIFAR_10, folder, SILENT);
        try (Dataset train = new CifarKind().open(fetched.train());
                Dataset test = new CifarKind().open(fetched.test())) {
            assertThat(train.size()).isEqualTo(6);
            assertThat(test.size()).isEqualTo(3);
            assertThat(test.classes()).startsWith("airplane");
        }
    }

    @Test
    void theOfflineSwitchOfTheLibraryStaysOn() throws Exception {
        String before = System.getProperty("ai.djl.offline");
        FakeRepository.mnist(server, "mnist");
        List<String> during = new ArrayList<>();
        fetcher().fetch(KnownDataset.MNIST, folder, (done, total) -> during.add(System.getProperty("ai.djl.offline")));
        during.add(System.getProperty("ai.djl.offline"));
        assertThat(during).containsOnly(before);
    }

    @Test
    void progressEndsWithAllBytes() throws Exception {
        FakeRepository.mnist(server, "mnist");
        long[] last = new long[2];
        fetcher().fetch(KnownDataset.MNIST, folder, (done, total) -> {
            last[0] = done;
            last[1] = total;
        });
        assertThat(last[1]).isPositive();
        assertThat(last[0]).isEqualTo(last[1]);
    }

    @Test
    void asWellFetchedAlreadyNeedsNoServer() throws Exception {
        FakeRepository.mnist(server, "mnist");
        fetcher().fetch(KnownDataset.MNIST, folder, SILENT);
        DatasetFetcher unreachable = new DjlDatasetFetcher(temporary.resolve("nowhere").toUri());
        assertThat(unreachable.fetch(KnownDataset.MNIST, folder, SILENT).folder()).isEqualTo(folder.resolve("mnist"));
    }

    @Test
    void aFolderOfThatNameWithOtherContentIsLeftAlone() throws Exception {
        Files.createDirectories(folder.resolve("mnist"));
        Files.writeString(folder.resolve("mnist").resolve("diary.txt"), "mine");
        assertThatThrownBy(() -> fetcher().fetch(KnownDataset.MNIST, folder, SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("move the folder away");
        assertThat(folder.resolve("mnist").resolve("diary.txt")).hasContent("mine");
    }

    @Test
    void withoutAConnectionTheMessageSaysSo() {
        DatasetFetcher offline = new DjlDatasetFetcher(URI.create("http://no-such-host.invalid/"));
        assertThatThrownBy(() -> offline.fetch(KnownDataset.MNIST, folder, SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("MNIST cannot be fetched: no-such-host.invalid cannot be reached")
                .hasMessageContaining("connect to the internet");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFileChangedOnTheWayIsRefused() throws Exception {
        Path repository = FakeRepository.mnist(server, "mnist");
        byte[] other = IdxFiles.gzip(IdxFiles.bytes(new int[] {12, 28, 28}, new byte[12 * 784]));
        Files.write(repository.resolve("1.0/train_data.gz"), other);
        assertThatThrownBy(() -> fetcher().fetch(KnownDataset.MNIST, folder, SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Checksum error");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatIsNoDatasetIsNotPutInPlace() throws Exception {
        FakeRepository.put(
                server,
                "mnist",
                Map.of(
                        "train_data", new byte[100],
                        "train_labels", new byte[100],
                        "test_data", new byte[100],
                        "test_labels", new byte[100]),
                false);
        assertThatThrownBy(() -> fetcher().fetch(KnownDataset.MNIST, folder, SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("no whole MNIST");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aRepositoryThatNamesAPathIsRefused() throws Exception {
        Path repository = FakeRepository.mnist(server, "mnist");
        Path metadata = repository.resolve("metadata.json");
        Files.writeString(
                metadata,
                Files.readString(metadata)
                        .replace("\"train_data\": {", "\"train_data\": {\"name\": \"../../../evil\", "));
        assertThatThrownBy(() -> fetcher().fetch(KnownDataset.MNIST, folder, SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("names a file");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws Exception {
        Path file = Files.writeString(temporary.resolve("file"), "in the way");
        assertThatThrownBy(() -> fetcher().fetch(KnownDataset.MNIST, file.resolve("below"), SILENT))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("cannot be written")
                .hasMessageContaining(file.toString());
    }

    @Test
    void cancellingDoesNotWaitForAServerThatHangs() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        HttpServer hanging = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        hanging.createContext("/", exchange -> {
            asked.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
        hanging.start();
        try {
            URI address = URI.create("http://localhost:" + hanging.getAddress().getPort() + "/");
            assertThatThrownBy(() -> new DjlDatasetFetcher(address).fetch(KnownDataset.MNIST, folder, (done, total) -> {
                if (asked.getCount() == 0) {
                    throw new CancellationException("enough");
                }
            }))
                    .isInstanceOf(CancellationException.class)
                    .hasMessage("enough");
        } finally {
            release.countDown();
            hanging.stop(0);
        }
    }

    @Test
    void aServerWithoutTheDatasetIsNamed() throws Exception {
        HttpServer empty = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        empty.createContext("/", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        empty.start();
        try {
            URI address = URI.create("http://localhost:" + empty.getAddress().getPort() + "/");
            assertThatThrownBy(() -> new DjlDatasetFetcher(address).fetch(KnownDataset.MNIST, folder, SILENT))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("MNIST cannot be fetched")
                    .hasMessageContaining(address.toString());
        } finally {
            empty.stop(0);
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theUsualFolderFollowsTheSystem() {
        Path home = Path.of("/home/ada");
        assertThat(DatasetCache.folder("Linux", home, Map.of()))
                .isEqualTo(Path.of("/home/ada/.cache/assay/datasets"));
        assertThat(DatasetCache.folder("Linux", home, Map.of("XDG_CACHE_HOME", "/fast")))
                .isEqualTo(Path.of("/fast/assay/datasets"));
        assertThat(DatasetCache.folder("Mac OS X", home, Map.of()))
                .isEqualTo(Path.of("/home/ada/Library/Caches/Assay/datasets"));
        assertThat(DatasetCache.folder("Windows 11", home, Map.of()))
                .isEqualTo(Path.of("/home/ada/AppData/Local/Assay/datasets"));
    }

    /** A program that was ended in the middle could not clear up; one that is at it now must not be disturbed. */
    @Test
    void whatAnEarlierProgramLeftIsTakenAway() throws Exception {
        FakeRepository.mnist(server, "mnist");
        Path old = Files.createDirectories(folder.resolve(".mnist-123").resolve("djl"));
        Files.write(old.resolve("part"), new byte[10]);
        Files.setLastModifiedTime(old.getParent(), FileTime.from(Instant.now().minus(Duration.ofDays(2))));
        Files.createDirectories(folder.resolve(".mnist-456"));

        fetcher().fetch(KnownDataset.MNIST, folder, SILENT);

        assertThat(left()).containsExactly(".mnist-456", "mnist");
    }
}

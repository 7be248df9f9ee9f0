package dev.assay.data.fetch;

import dev.assay.analysis.Location;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Datasets that can be fetched. */
public enum KnownDataset {
    /** Handwritten digits. */
    MNIST(
            "mnist",
            "MNIST",
            "Handwritten digits, 28x28 grey, 10 classes, 60,000 to train and 10,000 to test (LeCun, Cortes, Burges; CC"
                    + " BY-SA 3.0)",
            11_594_722,
            "mnist",
            idx(),
            List.of()),
    /** Clothes. */
    FASHION_MNIST(
            "fashion-mnist",
            "Fashion-MNIST",
            "Articles of clothing, 28x28 grey, 10 classes, 60,000 to train and 10,000 to test (Zalando SE; MIT)",
            30_878_645,
            "fashmnist",
            idx(),
            List.of(
                    "T-shirt/top",
                    "Trouser",
                    "Pullover",
                    "Dress",
                    "Coat",
                    "Sandal",
                    "Shirt",
                    "Sneaker",
                    "Bag",
                    "Ankle boot")),
    /** Small colour photographs. */
    CIFAR_10(
            "cifar-10",
            "CIFAR-10",
            "Photographs, 32x32 in colour, 10 classes, 50,000 to train and 10,000 to test (Krizhevsky 2009; no licence"
                    + " stated)",
            170_498_071,
            "cifar10",
            List.of(new Part("data_batch.bin", "data_batch.bin"), new Part("test_batch.bin", "test_batch.bin")),
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"));

    private final String id;
    private final String title;
    private final String about;
    private final long roughBytes;
    private final String artifact;
    private final List<Part> parts;
    private final List<String> classes;

    KnownDataset(
            String id,
            String title,
            String about,
            long roughBytes,
            String artifact,
            List<Part> parts,
            List<String> classes) {
        this.id = id;
        this.title = title;
        this.about = about;
        this.roughBytes = roughBytes;
        this.artifact = artifact;
        this.parts = parts;
        this.classes = classes;
    }

    private static List<Part> idx() {
        return List.of(
                new Part("train_data", "train-images-idx3-ubyte"),
                new Part("train_labels", "train-labels-idx1-ubyte"),
                new Part("test_data", "t10k-images-idx3-ubyte"),
                new Part("test_labels", "t10k-labels-idx1-ubyte"));
    }

    /** Stable identifier and name of its folder, e.g. {@code fashion-mnist}. */
    public String id() {
        return id;
    }

    /** Name for the user. */
    public String title() {
        return title;
    }

    /** What it is, from whom, and under which licence. */
    public String about() {
        return about;
    }

    /** About how many bytes are fetched. */
    public long roughBytes() {
        return roughBytes;
    }

    /** Name in DJL's repository. */
    String artifact() {
        return artifact;
    }

    /** What is fetched, and the names under which it is saved. */
    List<Part> parts() {
        return parts;
    }

    /** Class names that are saved beside it; empty for digits. */
    List<String> classes() {
        return classes;
    }

    /** The files of class names, by what they are for. */
    List<String> classFiles() {
        return switch (this) {
            case MNIST -> List.of();
            case FASHION_MNIST -> List.of("train-classes.txt", "t10k-classes.txt");
            case CIFAR_10 -> List.of("batches.meta.txt");
        };
    }

    /** The training samples in the folder where it was saved. */
    public Location train(Path folder) {
        return this == CIFAR_10
                ? new Location(folder, Map.of("split", "train"))
                : Location.of(folder.resolve("train-images-idx3-ubyte"));
    }

    /** The test samples in the folder where it was saved. */
    public Location test(Path folder) {
        return this == CIFAR_10
                ? new Location(folder, Map.of("split", "test"))
                : Location.of(folder.resolve("t10k-images-idx3-ubyte"));
    }

    /**
     * A file of a dataset.
     *
     * @param item name in DJL's repository
     * @param file name under which it is saved
     */
    record Part(String item, String file) {}
}

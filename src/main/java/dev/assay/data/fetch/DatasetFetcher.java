package dev.assay.data.fetch;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import java.nio.file.Path;

/** Fetches datasets. Used on background threads. */
public interface DatasetFetcher {

    /**
     * Fetches a dataset into a folder of its own name, e.g. {@code FOLDER/mnist}; when it is there already and whole,
     * nothing is fetched. What was begun and not finished leaves nothing behind.
     *
     * @param folder where the dataset's folder is made; made itself when it is missing
     * @param progress told several times a second on the calling thread
     * @throws InputException when there is no connection, the folder cannot be written, or what came is damaged
     * @throws java.util.concurrent.CancellationException when {@code progress} throws it or the thread is interrupted
     */
    Fetched fetch(KnownDataset dataset, Path folder, Progress progress) throws InputException;

    /** Told how far a fetch is; cancels it by throwing a {@link java.util.concurrent.CancellationException}. */
    @FunctionalInterface
    interface Progress {

        /**
         * @param done bytes so far
         * @param total bytes in all, -1 while that is not known
         */
        void bytes(long done, long total);
    }

    /**
     * A dataset that was fetched.
     *
     * @param folder its folder
     * @param train its training samples
     * @param test its test samples
     */
    record Fetched(Path folder, Location train, Location test) {}
}

package dev.assay.analyses.snr;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.WholeFile;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The state of one training on disk: a file that is replaced whole, so that a killed run leaves the last one.
 *
 * @param folder where the files are
 */
record Checkpoint(Path folder) {

    private static final int MAGIC = 0x534E5231;
    private static final String ENDING = ".checkpoint";

    /** Name of the folder among a run's files. */
    static final String FOLDER = "checkpoint";

    /** What is kept beside the network. */
    record State(long step, double lastLoss, double seconds) {}

    /**
     * Checks the folder that a parameter names; a blank text names none.
     *
     * @param within the folders in it that checkpoints lie in, one of which must hold some; empty text for itself
     * @throws AnalysisException when there is none, so that nobody trains anew who wanted to go on
     */
    static void require(String text, List<String> within) throws AnalysisException {
        if (text.isBlank()) {
            return;
        }
        Exception cause = null;
        try {
            Path folder = Path.of(text.strip());
            for (String name : within) {
                if (Files.isDirectory(folder.resolve(name)) && hasAny(folder.resolve(name))) {
                    return;
                }
            }
        } catch (InvalidPathException | IOException | UncheckedIOException e) {
            cause = e;
        }
        throw new AnalysisException(
                "there is no checkpoint of a training in '" + text.strip() + "'", "parameter checkpoint",
                "name the folder 'checkpoint' among the results of the run to go on from, or leave it out", cause);
    }

    private static boolean hasAny(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(f -> f.toString().endsWith(ENDING));
        }
    }

    private Path file(String name) {
        return folder.resolve(name + ENDING);
    }

    Path module(String name) {
        return folder.resolve(name + ".pt");
    }

    boolean has(String name) {
        return Files.isRegularFile(file(name));
    }

    /**
     * Keeps a state.
     *
     * @param setting what must be the same when training goes on from it
     */
    void save(String name, String setting, State state, Encoder encoder, boolean own) throws AnalysisException {
        try {
            Files.createDirectories(folder);
            WholeFile.write(file(name), stream -> {
                DataOutputStream out = new DataOutputStream(stream);
                out.writeInt(MAGIC);
                out.writeUTF(setting);
                out.writeLong(state.step());
                out.writeDouble(state.lastLoss());
                out.writeDouble(state.seconds());
                encoder.save(out);
                if (own) {
                    encoder.export(folder.resolve(name + ".new"));
                    Files.move(folder.resolve(name + ".new.pt"), module(name), StandardCopyOption.REPLACE_EXISTING);
                }
            });
        } catch (IOException e) {
            throw new AnalysisException(
                    "the checkpoint cannot be written (" + e.getMessage() + ")",
                    folder.toString(),
                    "make room on the disk and resume from the last checkpoint",
                    e);
        }
    }

    /** Reads a state into an encoder. */
    State load(String name, String setting, Encoder encoder) throws AnalysisException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file(name))))) {
            if (in.readInt() != MAGIC) {
                throw new IOException("it is of another format");
            }
            String kept = in.readUTF();
            if (!kept.equals(setting)) {
                throw new AnalysisException(
                        "it was trained with other data or parameters (" + difference(kept, setting) + ")",
                        file(name).toString(),
                        "resume with the parameters it was trained with, or start anew without checkpoint");
            }
            State state = new State(in.readLong(), in.readDouble(), in.readDouble());
            encoder.restore(in);
            return state;
        } catch (IOException e) {
            throw new AnalysisException(
                    "the checkpoint cannot be read ("
                            + (e.getMessage() == null ? "it is cut short" : e.getMessage()) + ")",
                    file(name).toString(),
                    "start anew without checkpoint",
                    e);
        }
    }

    private static String difference(String kept, String asked) {
        String[] before = kept.split("; ");
        String[] now = asked.split("; ");
        for (int i = 0; i < Math.min(before.length, now.length); i++) {
            if (!before[i].equals(now[i])) {
                return before[i] + ", not " + now[i];
            }
        }
        return "other ones";
    }
}

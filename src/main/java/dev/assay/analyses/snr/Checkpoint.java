package dev.assay.analyses.snr;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.WholeFile;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

    /**
     * Checks that there is something to go on from, before a training begins anew where it was to go on.
     *
     * @param folder as the parameter says it; empty when nothing is to be gone on from
     * @param depth 1 for checkpoints in the folder itself, 2 for those in folders of it
     * @throws AnalysisException when there are none
     */
    static void require(String folder, int depth) throws AnalysisException {
        if (folder.isBlank()) {
            return;
        }
        boolean there;
        try (Stream<Path> files = Files.walk(Path.of(folder.strip()), depth)) {
            there = files.anyMatch(f -> f.toString().endsWith(ENDING));
        } catch (IOException | InvalidPathException e) {
            there = false;
        }
        if (!there) {
            throw new AnalysisException(
                    "there is no checkpoint of a training in '" + folder.strip() + "'", "parameter checkpoint",
                    "name the folder 'checkpoint' among the results of the run to go on from, or leave it out");
        }
    }

    /** What is kept beside the network. */
    record State(long step, double lastLoss, double seconds) {}

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

package dev.assay.model.torchscript;

import dev.assay.analysis.InputException;
import dev.assay.model.ModelFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Looks into a {@code .pt} file before PyTorch gets it. TorchScript is a ZIP archive with a folder of code; other
 * files of the same name are pickles, which are programs and are never run.
 */
final class TorchScriptArchive {

    private static final int MOST_ENTRIES = 100_000;

    /** Exporters store entries without compressing them; a file that unpacks to far more is no such export. */
    private static final long LARGEST_GROWTH = 20;

    private static final long ALWAYS_FINE = 64L << 20;

    private static final String EXPORT =
            "save it with torch.jit.script(model).save(...), or export ONNX with torch.onnx.export(model, example,"
                    + " 'model.onnx')";

    private TorchScriptArchive() {}

    /**
     * Checks that a file is a whole TorchScript archive of a reasonable size.
     *
     * @throws InputException when it is not
     */
    static void check(ModelFile file) throws InputException {
        String where = file.path().toString();
        byte[] start = start(file.path());
        if (start.length >= 2 && start[0] == (byte) 0x80) {
            throw new InputException(
                    "this is a Python pickle (weights or a whole module), which Assay never runs", where, EXPORT);
        }
        if (start.length < 4 || start[0] != 'P' || start[1] != 'K') {
            throw new InputException("this is not a TorchScript file", where, EXPORT);
        }
        boolean code = false;
        boolean data = false;
        long unpacked = 0;
        // The archive's own list, which PyTorch goes by too: PyTorch's entries cannot be read one after the other.
        try (ZipFile zip = new ZipFile(file.path().toFile())) {
            if (zip.size() > MOST_ENTRIES) {
                throw new InputException("the archive has " + zip.size() + " entries", where, EXPORT);
            }
            for (ZipEntry entry : Collections.list(zip.entries())) {
                code |= entry.getName().contains("/code/") && entry.getName().endsWith(".py");
                data |= entry.getName().endsWith("/data.pkl");
                unpacked += Math.max(0, entry.getSize());
                if (unpacked > ALWAYS_FINE && unpacked / LARGEST_GROWTH > file.size()) {
                    throw new InputException(
                            "the archive of " + file.size() + " bytes unpacks to more than " + LARGEST_GROWTH
                                    + " times as much",
                            where,
                            EXPORT);
                }
            }
        } catch (IOException e) {
            throw new InputException(
                    "the archive is damaged or cut short (" + e.getMessage() + ")",
                    where,
                    "save or download it again",
                    e);
        }
        if (data && !code) {
            throw new InputException(
                    "this is a PyTorch checkpoint (pickled weights without code), which Assay never runs",
                    where,
                    EXPORT);
        }
        if (!code) {
            throw new InputException("the archive holds no TorchScript code", where, EXPORT);
        }
    }

    /** The first bytes; fewer when there are not as many. */
    static byte[] start(Path path) throws InputException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(4);
        } catch (IOException e) {
            throw new InputException("the file cannot be read", path.toString(), "check that you may read it", e);
        }
    }
}

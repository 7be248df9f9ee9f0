package dev.assay.analyses.nap.verify;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.WholeFile;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of a run, each written whole or not at all: points as NPY, evidence and proofs as they come. */
final class CounterexampleFiles {

    private static final int ALIGNMENT = 64;

    private CounterexampleFiles() {}

    /** Writes a vector as NPY, version 1.0, little-endian float64. */
    static void npy(Path file, double[] x) throws AnalysisException {
        String dictionary = "{'descr': '<f8', 'fortran_order': False, 'shape': (" + x.length + ",), }";
        int bare = 10 + dictionary.length() + 1;
        int padding = (ALIGNMENT - bare % ALIGNMENT) % ALIGNMENT;
        byte[] header = (dictionary + " ".repeat(padding) + "\n").getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer bytes = ByteBuffer.allocate(10 + header.length + x.length * Double.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN);
        bytes.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.ISO_8859_1)).put((byte) 1).put((byte) 0);
        bytes.putShort((short) header.length).put(header);
        for (double v : x) {
            bytes.putDouble(v);
        }
        write(file, bytes.array());
    }

    /** Writes into a file. */
    interface Writer {
        void to(OutputStream out) throws IOException, AnalysisException;
    }

    /** Writes a file. */
    static void write(Path file, byte[] bytes) throws AnalysisException {
        write(file, out -> out.write(bytes));
    }

    /** Writes a file piece by piece. */
    static void write(Path file, Writer content) throws AnalysisException {
        try {
            Files.createDirectories(file.getParent());
            WholeFile.write(file, content::to);
        } catch (IOException e) {
            throw new AnalysisException(
                    "the file cannot be written (" + e.getMessage() + ")",
                    file.toString(),
                    "make room on the disk or choose another folder",
                    e);
        }
    }
}

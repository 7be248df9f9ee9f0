package dev.assay.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** The process's standard output, which remembers why it took no more. */
final class StandardOutput extends PrintStream {

    private static final String READER_LEFT = "Broken pipe";

    private final Watched watched;

    private StandardOutput(Watched watched, Charset charset) {
        super(watched, false, charset);
        this.watched = watched;
    }

    /** For texts, shared with whatever else the process prints. */
    static StandardOutput shared() {
        return new StandardOutput(
                new Watched(new FileOutputStream(FileDescriptor.out)), System.out.charset());
    }

    /** For JSON, kept for Assay alone: what others print goes to standard error from now on, where the system allows it. */
    static StandardOutput kept() {
        Optional<OutputStream> copy = OutputDescriptor.keep();
        if (copy.isEmpty()) {
            return shared();
        }
        System.setOut(new PrintStream(new FileOutputStream(FileDescriptor.err), true, System.err.charset()));
        return new StandardOutput(new Watched(copy.get()), StandardCharsets.UTF_8);
    }

    /** Why something was not written; empty when all was, and when who reads a pipe had read enough and left. */
    Optional<IOException> lost() {
        return checkError()
                ? Optional.ofNullable(watched.problem).filter(e -> !READER_LEFT.equals(e.getMessage()))
                : Optional.empty();
    }

    /** Passes everything on; a {@link PrintStream} itself forgets what went wrong. */
    private static final class Watched extends FilterOutputStream {

        private volatile IOException problem;

        Watched(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int value) throws IOException {
            write(new byte[] {(byte) value}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            try {
                out.write(bytes, from, length);
            } catch (IOException e) {
                problem = e;
                throw e;
            }
        }
    }
}

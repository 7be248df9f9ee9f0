package dev.assay.analyses.snr;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads the help pages beside this class. */
final class HelpPage {

    private HelpPage() {}

    static String read(String id) {
        try (InputStream in = HelpPage.class.getResourceAsStream(id + ".md")) {
            if (in == null) {
                throw new IllegalStateException("the help page of " + id + " is not installed");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

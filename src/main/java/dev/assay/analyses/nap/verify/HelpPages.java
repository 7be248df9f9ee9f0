package dev.assay.analyses.nap.verify;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The help pages of this package's analyses. */
final class HelpPages {

    private HelpPages() {}

    static String read(String page) {
        try (InputStream in = HelpPages.class.getResourceAsStream(page)) {
            if (in == null) {
                throw new IllegalStateException("the help page " + page + " is not installed");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

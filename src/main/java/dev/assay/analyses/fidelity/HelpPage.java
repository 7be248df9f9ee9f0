package dev.assay.analyses.fidelity;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Help pages that are installed beside the classes. */
final class HelpPage {

    private HelpPage() {}

    static String read(String name) {
        try (InputStream in = HelpPage.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the help page " + name + " is not installed");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

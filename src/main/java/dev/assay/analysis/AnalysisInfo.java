package dev.assay.analysis;

import java.util.Objects;

/**
 * Identity of an analysis.
 *
 * @param id stable public identifier, lower-kebab-case, e.g. {@code nap-mining}
 * @param title short name, sentence case
 * @param family heading under which the gallery groups it, e.g. {@code Activation patterns}
 * @param question the one-line question it answers, as the user would ask it
 * @param citation authors, title, venue, year, identifier
 * @param help Markdown text of the help page: what it does, what comes out, how to read it
 */
public record AnalysisInfo(String id, String title, String family, String question, String citation, String help) {

    /** Checks that nothing is left out and that the identifier has the public form. */
    public AnalysisInfo {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(family, "family");
        Objects.requireNonNull(question, "question");
        Objects.requireNonNull(citation, "citation");
        Objects.requireNonNull(help, "help");
        if (!id.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
            throw new IllegalArgumentException("analysis id '" + id + "' is not lower-kebab-case");
        }
    }
}

package dev.assay.report;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.assay.text.Numbers;
import java.util.List;

/** A part of a report, in the order in which it is read. Runs are named by the keys that {@link ReportSource} knows. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "block")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Block.Heading.class, name = "heading"),
    @JsonSubTypes.Type(value = Block.Note.class, name = "note"),
    @JsonSubTypes.Type(value = Block.Finding.class, name = "finding"),
    @JsonSubTypes.Type(value = Block.Screenshot.class, name = "screenshot"),
    @JsonSubTypes.Type(value = Block.Summary.class, name = "summary"),
    @JsonSubTypes.Type(value = Block.Parameters.class, name = "parameters"),
    @JsonSubTypes.Type(value = Block.Origin.class, name = "provenance")
})
public sealed interface Block {

    /** The keys of the runs it needs; empty for none. */
    default List<String> runs() {
        return List.of();
    }

    /** The same block about these runs, as many as before; a block without runs is itself. */
    default Block about(List<String> others) {
        return this;
    }

    /** What it is, in a few words, for lists of blocks. */
    String inWords();

    /**
     * A heading.
     *
     * @param text its text
     * @param level 1 for a part, 2 for a section
     */
    record Heading(String text, int level) implements Block {
        @Override
        public String inWords() {
            return text;
        }
    }

    /**
     * What the author writes.
     *
     * @param markdown CommonMark with tables
     */
    record Note(String markdown) implements Block {
        @Override
        public String inWords() {
            String line = markdown.strip().lines().findFirst().orElse("Empty note").replaceAll("[*_`#>]", "");
            return line.length() > 60 ? line.substring(0, 60) + "\u2026" : line;
        }
    }

    /**
     * A result as chart, table or pictures; of several runs, their comparison.
     *
     * @param runs keys of the runs
     * @param result which one, as {@link ResultName} writes it
     * @param caption what the author says about it; empty for none
     */
    record Finding(List<String> runs, String result, String caption) implements Block {
        /** Copies the list. */
        public Finding {
            runs = List.copyOf(runs);
        }

        @Override
        public Block about(List<String> others) {
            return new Finding(others, result, caption);
        }

        @Override
        public String inWords() {
            String name = result.equals(ResultName.FIGURES)
                    ? "key figures"
                    : result.substring(result.indexOf('/') + 1).replace('_', ' ');
            String words = name.isEmpty() ? "Result" : Character.toUpperCase(name.charAt(0)) + name.substring(1);
            return words + ofRuns();
        }

        /** Says how many runs it is about, where there are several. */
        String ofRuns() {
            return runs.size() > 1 ? " of " + Numbers.count(runs.size()) + " runs" : "";
        }
    }

    /**
     * A picture of the window.
     *
     * @param file name of a PNG file beside the report
     * @param caption what it shows
     */
    record Screenshot(String file, String caption) implements Block {
        @Override
        public String inWords() {
            return caption.isEmpty() ? "Screenshot" : caption;
        }
    }

    /** What a run was and its key figures. */
    record Summary(String run) implements Block {
        @Override
        public List<String> runs() {
            return List.of(run);
        }

        @Override
        public Block about(List<String> others) {
            return new Summary(others.getFirst());
        }

        @Override
        public String inWords() {
            return "Run summary";
        }
    }

    /** The parameters of a run; of several runs, what differs between them. */
    record Parameters(List<String> runs) implements Block {
        /** Copies the list. */
        public Parameters {
            runs = List.copyOf(runs);
        }

        @Override
        public Block about(List<String> others) {
            return new Parameters(others);
        }

        @Override
        public String inWords() {
            return runs.size() > 1 ? "What differs between " + Numbers.count(runs.size()) + " runs" : "Parameters";
        }
    }

    /** Where a run's results come from: files with hashes, versions, machine, command. */
    record Origin(String run) implements Block {
        @Override
        public List<String> runs() {
            return List.of(run);
        }

        @Override
        public Block about(List<String> others) {
            return new Origin(others.getFirst());
        }

        @Override
        public String inWords() {
            return "Provenance";
        }
    }
}

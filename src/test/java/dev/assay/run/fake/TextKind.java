package dev.assay.run.fake;

import dev.assay.analysis.Input;
import dev.assay.analysis.InputException;
import dev.assay.analysis.InputKind;
import dev.assay.analysis.InputOption;
import dev.assay.analysis.Location;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

/** Reads {@code *.txt} files, and folders of them; remembers what it opened. */
public final class TextKind implements InputKind {

    private final List<Text> opened = new CopyOnWriteArrayList<>();

    /** A text. */
    public static final class Text implements Input {

        private final Location location;
        private final List<Path> files;
        private volatile int closed;

        Text(Location location, List<Path> files) {
            this.location = location;
            this.files = files;
        }

        @Override
        public String name() {
            return location.fileName();
        }

        @Override
        public Location location() {
            return location;
        }

        @Override
        public List<Path> files() {
            return files;
        }

        @Override
        public String summary() {
            return files.size() + " files";
        }

        @Override
        public void close() {
            closed++;
        }

        /** How often it was closed. */
        public int closed() {
            return closed;
        }
    }

    /** What was opened so far. */
    public List<Text> opened() {
        return opened;
    }

    @Override
    public String id() {
        return "text";
    }

    @Override
    public String title() {
        return "text file";
    }

    @Override
    public Class<? extends Input> type() {
        return Text.class;
    }

    @Override
    public List<String> extensions() {
        return List.of("txt");
    }

    @Override
    public List<InputOption> options() {
        return List.of(new InputOption("label", "Label", "Which one", "last"));
    }

    @Override
    public boolean recognises(Location location) {
        return location.fileName().endsWith(".txt") || Files.isDirectory(location.path());
    }

    @Override
    public Input open(Location location) throws InputException {
        try {
            List<Path> files = List.of(location.path());
            if (Files.isDirectory(location.path())) {
                try (Stream<Path> list = Files.list(location.path())) {
                    files = list.sorted().toList();
                }
            } else if (Files.size(location.path()) == 0) {
                throw new InputException("the file is empty", location.path().toString(), "write something into it");
            }
            Text text = new Text(location, files);
            opened.add(text);
            return text;
        } catch (IOException e) {
            throw new InputException("it cannot be read", location.path().toString(), "", e);
        }
    }
}

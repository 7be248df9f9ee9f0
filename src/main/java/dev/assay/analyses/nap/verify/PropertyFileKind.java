package dev.assay.analyses.nap.verify;

import dev.assay.analyses.nap.verify.PropertyFile.Entry;
import dev.assay.analyses.nap.verify.vnnlib.VnnLib;
import dev.assay.analysis.Input;
import dev.assay.analysis.InputException;
import dev.assay.analysis.InputKind;
import dev.assay.analysis.Location;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads VNN-LIB files, and lists of instances: lines {@code network.onnx,property.vnnlib,seconds}. */
public final class PropertyFileKind implements InputKind {

    private static final long MOST_BYTES = 256L << 20;
    private static final int HEAD = 512;

    @Override
    public String id() {
        return "vnnlib";
    }

    @Override
    public String title() {
        return "VNN-LIB property or list of instances";
    }

    @Override
    public Class<? extends Input> type() {
        return PropertyFile.class;
    }

    @Override
    public List<String> extensions() {
        return List.of("vnnlib", "csv");
    }

    @Override
    public boolean recognises(Location location) {
        String name = location.fileName().toLowerCase(Locale.ROOT);
        if (!Files.isRegularFile(location.path())) {
            return false;
        }
        if (name.endsWith(".vnnlib")) {
            return true;
        }
        if (!name.endsWith(".csv")) {
            return false;
        }
        try (var in = Files.newInputStream(location.path())) {
            String head = new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
            return head.lines().findFirst().filter(PropertyFileKind::isInstance).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isInstance(String line) {
        String[] parts = line.split(",", -1);
        return parts.length >= 2 && parts[0].strip().endsWith(".onnx") && parts[1].strip().endsWith(".vnnlib");
    }

    @Override
    public Input open(Location location) throws InputException {
        if (!location.fileName().toLowerCase(Locale.ROOT).endsWith(".csv")) {
            Entry entry = new Entry(
                    location.fileName(),
                    "",
                    VnnLib.parse(text(location.path()), location.fileName()),
                    Double.NaN);
            return new PropertyFile(location, List.of(entry), List.of(location.path()));
        }
        return list(location);
    }

    private static PropertyFile list(Location location) throws InputException {
        List<Entry> entries = new ArrayList<>();
        List<Path> files = new ArrayList<>(List.of(location.path()));
        Path folder = location.path().toAbsolutePath().getParent();
        int number = 0;
        for (String line : text(location.path()).lines().toList()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            String[] parts = line.split(",", -1);
            String where = location.fileName() + ", line " + number;
            if (!isInstance(line)) {
                throw new InputException(
                        "'" + line + "' is not an instance", where, "write network.onnx,property.vnnlib,seconds");
            }
            double seconds = Double.NaN;
            if (parts.length > 2 && !parts[2].isBlank()) {
                try {
                    seconds = Double.parseDouble(parts[2].strip());
                } catch (NumberFormatException e) {
                    throw new InputException(
                            "'" + parts[2] + "' is not a number of seconds", where, "write a number", e);
                }
            }
            Path file;
            Path network;
            try {
                file = folder.resolve(parts[1].strip()).normalize();
                network = Path.of(parts[0].strip()).getFileName();
            } catch (InvalidPathException e) {
                throw new InputException(
                        "'" + line + "' names no files (" + e.getReason() + ")", where, "write names of files", e);
            }
            if (!file.startsWith(folder.normalize())) {
                throw new InputException(
                        "'" + parts[1] + "' lies outside of the list's folder", where, "put the properties beside it");
            }
            files.add(file);
            String name = file.getFileName().toString();
            entries.add(new Entry(name, String.valueOf(network), VnnLib.parse(text(file), name), seconds));
        }
        if (entries.isEmpty()) {
            throw new InputException("the list has no instances", location.fileName(), "add a line for each");
        }
        return new PropertyFile(location, entries, files);
    }

    private static String text(Path file) throws InputException {
        String where = file.getFileName().toString();
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new InputException("the file is larger than 256 MiB", where, "choose a VNN-LIB property");
            }
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw new InputException("there is no such file", where, "check the path", e);
        } catch (IOException e) {
            throw new InputException("the file cannot be read (" + e.getMessage() + ")", where, "check the file", e);
        }
    }
}

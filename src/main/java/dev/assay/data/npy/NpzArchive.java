package dev.assay.data.npy;

import dev.assay.analysis.InputException;
import dev.assay.data.source.FileStamp;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** An NPZ archive: a zip of arrays. Member names are names only; nothing is ever written under them. */
final class NpzArchive implements AutoCloseable {

    private static final String ENDING = ".npy";
    private static final int MOST_MEMBERS = 100_000;

    private final FileStamp stamp;
    private final ZipFile zip;
    private final Map<String, ZipEntry> arrays = new LinkedHashMap<>();

    private NpzArchive(FileStamp stamp, ZipFile zip) {
        this.stamp = stamp;
        this.zip = zip;
    }

    /**
     * Opens an archive and checks the names of its members.
     *
     * @throws InputException when it is damaged, or a name is a path outwards or given twice
     */
    static NpzArchive open(Path path) throws InputException {
        FileStamp stamp = FileStamp.of(path);
        ZipFile zip;
        try {
            zip = new ZipFile(path.toFile());
        } catch (IOException | UnsupportedOperationException e) {
            throw new InputException(
                    "this is no whole NPZ archive (" + e.getMessage() + ")",
                    path.toString(),
                    "the file was cut short or is of another format; save it again with numpy.savez",
                    e);
        }
        NpzArchive archive = new NpzArchive(stamp, zip);
        try {
            archive.list();
            return archive;
        } catch (InputException | RuntimeException e) {
            archive.close();
            throw e;
        }
    }

    private void list() throws InputException {
        if (zip.size() > MOST_MEMBERS) {
            throw new InputException(
                    "the archive has " + zip.size() + " members", stamp.path().toString(), "save it again");
        }
        Enumeration<? extends ZipEntry> entries = zip.entries();
        while (entries.hasMoreElements()) {
            ZipEntry entry = entries.nextElement();
            String name = entry.getName();
            if (leadsOut(name)) {
                throw new InputException(
                        "the archive has a member named '" + printable(name) + "', a path that leads out of it",
                        stamp.path().toString(),
                        "the file is made to deceive; do not use it");
            }
            if (!entry.isDirectory() && name.endsWith(ENDING)) {
                String array = name.substring(0, name.length() - ENDING.length());
                if (arrays.put(array, entry) != null) {
                    throw new InputException(
                            "the archive has two arrays named '" + array + "'",
                            stamp.path().toString(),
                            "save it again with different names");
                }
            }
        }
        if (arrays.isEmpty()) {
            throw new InputException(
                    "the archive holds no arrays", stamp.path().toString(), "save it with numpy.savez");
        }
    }

    private static boolean leadsOut(String name) {
        String slashed = name.replace('\\', '/');
        return slashed.startsWith("/")
                || slashed.matches("^[A-Za-z]:.*")
                || List.of(slashed.split("/")).contains("..")
                || name.chars().anyMatch(Character::isISOControl);
    }

    private static String printable(String name) {
        return name.replaceAll("\\p{Cntrl}", "?");
    }

    /** Names of the arrays. */
    List<String> names() {
        return List.copyOf(arrays.keySet());
    }

    FileStamp stamp() {
        return stamp;
    }

    /** The member that holds an array. */
    ZipEntry entry(String array) {
        return arrays.get(array);
    }

    /** The archive and a member, for messages. */
    String where(String array) {
        return stamp.path() + " (array " + array + ")";
    }

    /** Starts to unpack a member. */
    InputStream unpack(ZipEntry entry) throws IOException {
        try {
            InputStream stream = zip.getInputStream(entry);
            if (stream == null) {
                throw new IOException("the archive has lost its member " + entry.getName());
            }
            return new CrcCheckedStream(stream, entry);
        } catch (IllegalStateException e) {
            throw new IOException("the dataset was closed", e);
        }
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

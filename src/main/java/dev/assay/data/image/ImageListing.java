package dev.assay.data.image;

import dev.assay.analysis.InputException;
import dev.assay.data.ClassOrder;
import dev.assay.data.source.ClassNames;
import dev.assay.data.source.FileStamp;
import dev.assay.data.source.Interruption;
import dev.assay.data.source.Limits;
import dev.assay.data.source.OptionReader;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The pictures of a folder. A folder in it is a class, with all pictures at any depth below; pictures right in it have no
 * class. Folders called by whole numbers from 0 are the classes of these numbers, other classes are in the order of their
 * names, or in the one that the reading option {@code classes} gives. The pictures of a class are in the order of their
 * names.
 *
 * @param root the folder, or that of the split
 * @param classes names of the classes; empty when there are no folders
 * @param names path of each picture below the root, with slashes
 * @param firstOfClass index of the first picture of each class, and at the end the number of pictures
 * @param classesFile file that the names of the classes are from
 */
record ImageListing(
        Path root, List<String> classes, String[] names, int[] firstOfClass, Optional<Path> classesFile) {

    private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "bmp", "gif");
    private static final int DEEPEST = 32;
    private static final int MOST_IMAGES = 20_000_000;
    private static final int LOOKED_AT = 200;

    static boolean isImage(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".")
                && ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    /** Folders that systems and tools leave behind; as a class each would move the others. */
    private static boolean isLeftover(String name) {
        return name.startsWith(".") || name.equals("__MACOSX") || name.equals("__pycache__") || name.equals("@eaDir");
    }

    /** Whether a folder holds pictures, or folders that do; looks at a few entries only. */
    static boolean holdsImages(Path folder) {
        int[] left = {LOOKED_AT};
        return holdsImages(folder, 3, left);
    }

    private static boolean holdsImages(Path folder, int depth, int[] left) {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (left[0]-- <= 0) {
                    return false;
                }
                if (Files.isDirectory(entry)) {
                    folders.add(entry);
                } else if (isImage(entry)) {
                    return true;
                }
            }
        } catch (IOException | RuntimeException e) {
            return false;
        }
        return depth > 1 && folders.stream().anyMatch(f -> holdsImages(f, depth - 1, left));
    }

    /**
     * Lists a folder.
     *
     * @throws InputException when it is missing, holds no pictures, or a link in it leads in a circle
     */
    static ImageListing of(OptionReader options) throws InputException {
        Path root = splitFolder(options);
        List<Path> folders = new ArrayList<>();
        List<String> loose = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry)) {
                    if (!isLeftover(entry.getFileName().toString())) {
                        folders.add(entry);
                    }
                } else if (isImage(entry)) {
                    loose.add(entry.getFileName().toString());
                } else if (Files.isSymbolicLink(entry) && !Files.exists(entry)) {
                    throw brokenLink(entry);
                }
            }
        } catch (IOException e) {
            throw FileStamp.unreadable(root, e);
        } catch (DirectoryIteratorException e) {
            throw FileStamp.unreadable(root, e.getCause());
        }
        Optional<ClassNames> asked = ClassNames.of(options);
        if (folders.isEmpty() && asked.isPresent()) {
            throw options.wrong("classes", "the pictures have no classes; put them into a folder for each class");
        }
        return folders.isEmpty() ? unlabelled(root, loose) : labelled(root, folders, loose, asked);
    }

    private static InputException brokenLink(Path link) {
        return new InputException(
                "this link leads nowhere, or in a circle", link.toString(), "take it away or mend where it leads");
    }

    private static Path splitFolder(OptionReader options) throws InputException {
        Path folder = options.location().path();
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new InputException("there is no such folder", folder.toString(), "check the spelling of the path");
        }
        if (!Files.isDirectory(folder)) {
            throw new InputException("this is no folder", folder.toString(), "name a folder of pictures");
        }
        String split = options.choice("split", "train", "train", "test", "val");
        Path below = folder.resolve(split);
        if (Files.isDirectory(below) && (options.text("split").isPresent() || isSplit(folder))) {
            return below;
        }
        if (options.text("split").isPresent()) {
            throw options.wrong("split", "the folder holds no folder of that name");
        }
        return folder;
    }

    /** Whether train stands beside test or val, so that these are splits and not classes. */
    private static boolean isSplit(Path folder) {
        return Files.isDirectory(folder.resolve("test")) || Files.isDirectory(folder.resolve("val"));
    }

    private static ImageListing unlabelled(Path root, List<String> images) throws InputException {
        if (images.isEmpty()) {
            throw noImages(root);
        }
        images.sort(null);
        return new ImageListing(root, List.of(), images.toArray(String[]::new), new int[] {0, images.size()},
                Optional.empty());
    }

    private static ImageListing labelled(Path root, List<Path> folders, List<String> loose, Optional<ClassNames> asked)
            throws InputException {
        if (folders.size() > Limits.CLASSES) {
            throw new InputException("there are " + folders.size() + " classes", root.toString(), "choose another");
        }
        NavigableMap<Integer, Path> byClass = new TreeMap<>();
        List<String> classes = FolderClasses.of(folders, byClass);
        if (asked.isPresent()) {
            byClass = moved(root, byClass, ClassOrder.places(classes, asked.get().names()), asked.get());
            classes = asked.get().names();
        }
        List<String> names = new ArrayList<>();
        int[] first = new int[classes.size() + 1];
        for (int c = 0; c < classes.size(); c++) {
            first[c] = names.size();
            if (byClass.containsKey(c)) {
                List<String> images = below(root, byClass.get(c), MOST_IMAGES - names.size());
                images.sort(null);
                names.addAll(images);
            }
        }
        first[classes.size()] = names.size();
        if (names.isEmpty()) {
            throw noImages(root);
        }
        if (!loose.isEmpty()) {
            throw new InputException(
                    "the picture " + loose.getFirst() + " lies beside the folders of the classes",
                    root.toString(),
                    "put every picture into the folder of its class");
        }
        return new ImageListing(
                root, List.copyOf(classes), names.toArray(String[]::new), first, asked.flatMap(ClassNames::file));
    }

    private static NavigableMap<Integer, Path> moved(
            Path root, NavigableMap<Integer, Path> folders, int[] places, ClassNames asked) throws InputException {
        NavigableMap<Integer, Path> moved = new TreeMap<>();
        for (Map.Entry<Integer, Path> folder : folders.entrySet()) {
            int place = places[folder.getKey()];
            if (place < 0 || moved.containsKey(place)) {
                String name = folder.getValue().getFileName().toString();
                throw asked.unknown(name, "(folder " + name + ")", root);
            }
            moved.put(place, folder.getValue());
        }
        return moved;
    }

    private static InputException noImages(Path root) {
        return new InputException(
                "the folder holds no pictures (png, jpg, bmp, gif)",
                root.toString(),
                "choose a folder with a folder of pictures per class");
    }

    private static List<String> below(Path root, Path folder, int most) throws InputException {
        List<String> names = new ArrayList<>();
        try {
            Files.walkFileTree(
                    folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEEPEST, new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                            Interruption.check();
                            if (attributes.isDirectory()) {
                                throw new IOException("folders in it are nested over " + DEEPEST + " deep");
                            }
                            if (attributes.isSymbolicLink()) {
                                throw new FileSystemLoopException(file.toString());
                            }
                            if (isImage(file)) {
                                names.add(root.relativize(file).toString().replace('\\', '/'));
                            }
                            if (names.size() > most) {
                                throw new IOException("it holds over " + MOST_IMAGES + " pictures");
                            }
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (FileSystemLoopException e) {
            throw brokenLink(Path.of(e.getFile()));
        } catch (IOException e) {
            throw FileStamp.unreadable(folder, e);
        }
        return names;
    }

    /** Class of a picture, -1 for none. */
    int label(int image) {
        if (classes.isEmpty()) {
            return -1;
        }
        int at = Arrays.binarySearch(firstOfClass, image);
        if (at < 0) {
            return -at - 2;
        }
        // classes without pictures begin where the next one does
        while (firstOfClass[at + 1] == image) {
            at++;
        }
        return at;
    }

    /** The file of a picture. */
    Path file(int image) {
        return root.resolve(names[image]);
    }
}

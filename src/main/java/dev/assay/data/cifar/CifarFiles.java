package dev.assay.data.cifar;

import dev.assay.analysis.InputException;
import dev.assay.data.source.FileStamp;
import dev.assay.data.source.OptionReader;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Which files of a folder belong to which split. */
final class CifarFiles {

    private static final String TRAIN = "data_batch";
    private static final String TEST = "test_batch";

    private CifarFiles() {}

    /** Whether a file is called as those of CIFAR are. */
    static boolean isUsualName(String name) {
        return name.startsWith(TRAIN) || name.startsWith(TEST) || isHundred(name);
    }

    private static boolean isHundred(String name) {
        return name.equals("train.bin") || name.equals("test.bin");
    }

    /** The variant that a usual name stands for. */
    static CifarVariant variantOf(String name) {
        return isHundred(name.toLowerCase(Locale.ROOT)) ? CifarVariant.HUNDRED : CifarVariant.TEN;
    }

    /** Whether a folder holds CIFAR files. */
    static boolean isFolder(Path folder) {
        for (String name : List.of("data_batch_1.bin", "data_batch.bin", "test_batch.bin", "train.bin", "test.bin")) {
            if (Files.isRegularFile(folder.resolve(name))) {
                return true;
            }
        }
        return false;
    }

    /**
     * The files of the split that the options ask for, in the order of their names.
     *
     * @throws InputException when there are none
     */
    static List<Path> of(OptionReader options) throws InputException {
        Path path = options.location().path();
        String split = options.choice("split", "train", "train", "test");
        if (!Files.isDirectory(path)) {
            if (options.text("split").isPresent()) {
                throw options.wrong("split", "name the folder instead of a file in it, or leave split out");
            }
            return List.of(path);
        }
        boolean train = split.equals("train");
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path, (train ? TRAIN : TEST) + "*.bin")) {
            entries.forEach(files::add);
        } catch (IOException e) {
            throw FileStamp.unreadable(path, e);
        } catch (DirectoryIteratorException e) {
            throw FileStamp.unreadable(path, e.getCause());
        }
        Path hundred = path.resolve(train ? "train.bin" : "test.bin");
        if (files.isEmpty() && Files.isRegularFile(hundred)) {
            files.add(hundred);
        }
        if (files.isEmpty()) {
            throw new InputException(
                    "the folder holds no " + (train ? "data_batch_*.bin or train.bin" : "test_batch.bin or test.bin"),
                    path.toString(),
                    "choose the folder with the binary version of CIFAR");
        }
        files.sort(null);
        return files;
    }
}

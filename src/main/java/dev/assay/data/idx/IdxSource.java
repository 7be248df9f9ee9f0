package dev.assay.data.idx;

import dev.assay.analysis.InputException;
import dev.assay.data.source.ByteSource;
import dev.assay.data.source.ClassNames;
import dev.assay.data.source.Damage;
import dev.assay.data.source.FileStamp;
import dev.assay.data.source.GzipBytes;
import dev.assay.data.source.Labels;
import dev.assay.data.source.OptionReader;
import dev.assay.data.source.PlainBytes;
import dev.assay.data.source.RecordSource;
import dev.assay.data.source.Records;
import dev.assay.data.source.SampleSource;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens an IDX file of samples with its labels. */
final class IdxSource {

    private IdxSource() {}

    static SampleSource open(OptionReader options) throws InputException {
        Path path = options.location().path();
        FileStamp stamp = FileStamp.of(path);
        IdxHeader header = IdxHeader.read(stamp);
        if (header.rank() == 1 && options.location().fileName().contains("labels")) {
            throw new InputException(
                    "this is a file of labels", path.toString(),
                    "name the file of images; its labels are found beside it");
        }
        Records samples = records(stamp, header, "sample");
        try {
            List<Path> files = new ArrayList<>(List.of(path));
            Optional<Path> labelFile = IdxCompanions.labels(options);
            if (labelFile.isEmpty()) {
                return new RecordSource(header.form(), samples, null, files);
            }
            Optional<ClassNames> names = IdxCompanions.classes(options);
            Labels labels = labels(labelFile.get(), path, header.count(), names);
            files.add(labelFile.get());
            names.flatMap(ClassNames::file).ifPresent(files::add);
            return new RecordSource(header.form(), samples, labels, files);
        } catch (InputException | RuntimeException e) {
            samples.close();
            throw e;
        }
    }

    private static Labels labels(Path file, Path images, long count, Optional<ClassNames> names) throws InputException {
        FileStamp stamp = FileStamp.of(file);
        IdxHeader header = IdxHeader.read(stamp);
        if (header.dataBytes() != header.count() * header.type().bytes()) {
            throw new InputException(
                    "this is no file of labels: it holds more than one number per sample",
                    file.toString(),
                    "name the labels with labels=FILE, or labels=none");
        }
        if (header.count() != count) {
            throw new InputException(
                    "there are " + header.count() + " labels for the " + count + " samples of " + images.getFileName(),
                    file.toString(),
                    "name the labels of this dataset with labels=FILE, or labels=none");
        }
        return Labels.of(
                records(stamp, header, "label"), file, header.type(), ByteOrder.BIG_ENDIAN,
                ClassNames.names(names));
    }

    private static Records records(FileStamp stamp, IdxHeader header, String noun) throws InputException {
        long data = header.dataBytes();
        long whole = header.bytes() + data;
        ByteSource bytes;
        if (header.gzip()) {
            bytes = GzipBytes.of(stamp, whole);
        } else {
            Damage.checkSize(stamp, header.bytes(), data / header.count(), header.count(), noun);
            bytes = new PlainBytes(stamp);
        }
        int recordBytes = Math.toIntExact(data / header.count());
        return new Records(bytes, header.bytes(), recordBytes, header.count(), noun, true);
    }
}

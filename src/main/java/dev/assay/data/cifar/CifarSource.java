package dev.assay.data.cifar;

import dev.assay.analysis.InputException;
import dev.assay.data.source.ClassNames;
import dev.assay.data.source.Damage;
import dev.assay.data.source.ElementType;
import dev.assay.data.source.FileStamp;
import dev.assay.data.source.ImageOrder;
import dev.assay.data.source.Labels;
import dev.assay.data.source.OptionReader;
import dev.assay.data.source.PlainBytes;
import dev.assay.data.source.RecordStore;
import dev.assay.data.source.Records;
import dev.assay.data.source.SampleReader;
import dev.assay.data.source.SampleSource;
import dev.assay.data.source.StoredForm;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The records of one or more CIFAR files, one file after another. */
final class CifarSource implements SampleSource {

    private static final List<String> TEN = List.of(
            "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");
    private static final int MOST_AT_ONCE = 256;

    private final CifarVariant variant;
    private final int labelAt;
    private final List<Records> parts = new ArrayList<>();
    private final List<Path> files;
    private final List<String> classes;

    private CifarSource(CifarVariant variant, boolean coarse, List<Path> files, List<String> classes)
            throws InputException {
        this.variant = variant;
        this.labelAt = variant == CifarVariant.HUNDRED && !coarse ? 1 : 0;
        this.files = List.copyOf(files);
        this.classes = classes;
        for (Path file : files) {
            FileStamp stamp = FileStamp.of(file);
            long count = Math.ceilDiv(stamp.size(), variant.recordBytes());
            Damage.checkSize(stamp, 0, variant.recordBytes(), count, "image");
            parts.add(new Records(new PlainBytes(stamp), 0, variant.recordBytes(), count, "image", true));
        }
    }

    static CifarSource open(OptionReader options) throws InputException {
        List<Path> files = CifarFiles.of(options);
        CifarVariant variant = variant(options, files.getFirst());
        boolean coarse = options.choice("target", "fine", "fine", "coarse").equals("coarse");
        if (coarse && variant == CifarVariant.TEN) {
            throw options.wrong("target", "only CIFAR-100 has coarse labels");
        }
        return new CifarSource(variant, coarse, files, classes(variant, coarse, files.getFirst()));
    }

    private static CifarVariant variant(OptionReader options, Path first) throws InputException {
        String given = options.choice("variant", "", "10", "100");
        if (!given.isEmpty()) {
            return given.equals("10") ? CifarVariant.TEN : CifarVariant.HUNDRED;
        }
        String name = first.getFileName().toString();
        if (CifarFiles.isUsualName(name)) {
            return CifarFiles.variantOf(name);
        }
        return CifarVariant.ofSize(FileStamp.of(first).size())
                .orElseThrow(() -> new InputException(
                        "this is no file of CIFAR records: its size is no multiple of 3073 or 3074 bytes, or of both",
                        first.toString(),
                        "give variant=10 or variant=100 if it is one"));
    }

    private static List<String> classes(CifarVariant variant, boolean coarse, Path first) throws InputException {
        String names = variant == CifarVariant.TEN
                ? "batches.meta.txt"
                : coarse ? "coarse_label_names.txt" : "fine_label_names.txt";
        int count = variant == CifarVariant.TEN ? 10 : coarse ? 20 : 100;
        Optional<Path> file = Optional.of(first.resolveSibling(names)).filter(Files::isRegularFile);
        if (file.isPresent()) {
            List<String> read = ClassNames.of(file.get()).names();
            if (read.size() != count) {
                throw new InputException(
                        "this names " + read.size() + " classes instead of " + count,
                        file.get().toString(),
                        "write one class per line, or take the file away");
            }
            return read;
        }
        boolean usual = variant == CifarVariant.TEN
                && CifarFiles.isUsualName(first.getFileName().toString());
        return usual ? TEN : Labels.numbered(count);
    }

    @Override
    public long count() {
        return parts.stream().mapToLong(Records::count).sum();
    }

    @Override
    public StoredForm form() {
        return new StoredForm(ElementType.U8, ByteOrder.BIG_ENDIAN, new int[] {3, 32, 32}, ImageOrder.CHW);
    }

    @Override
    public List<String> classes() {
        return classes;
    }

    @Override
    public List<Path> files() {
        return files;
    }

    @Override
    public SampleReader read(long first) {
        return new Reader(first);
    }

    @Override
    public void close() {
        parts.forEach(Records::close);
    }

    private final class Reader implements SampleReader {

        private byte[] records = new byte[0];
        private int part;
        /** Index within the part of the next record wanted. */
        private long next;

        private RecordStore.Reader reader;

        Reader(long first) {
            skip(first);
        }

        @Override
        public void read(byte[] block, int samples, int[] labels, int at) throws InputException {
            for (int done = 0; done < samples;) {
                int count = fill(samples - done);
                for (int i = 0; i < count; i++) {
                    int record = i * variant.recordBytes();
                    labels[at + done + i] = label(record, next - count + i);
                    System.arraycopy(
                            records,
                            record + variant.labelBytes(),
                            block,
                            (done + i) * CifarVariant.IMAGE_BYTES,
                            CifarVariant.IMAGE_BYTES);
                }
                done += count;
            }
        }

        @Override
        public void readLabels(int samples, int[] labels, int at) throws InputException {
            for (int done = 0; done < samples;) {
                int count = fill(samples - done);
                for (int i = 0; i < count; i++) {
                    labels[at + done + i] = label(i * variant.recordBytes(), next - count + i);
                }
                done += count;
            }
        }

        /** Reads records of one part. */
        private int fill(int wanted) throws InputException {
            if (next == parts.get(part).count()) {
                close();
                part++;
                next = 0;
            }
            if (reader == null) {
                reader = parts.get(part).read(next);
            }
            int count = (int) Math.min(Math.min(wanted, MOST_AT_ONCE), parts.get(part).count() - next);
            if (records.length < count * variant.recordBytes()) {
                records = new byte[count * variant.recordBytes()];
            }
            reader.read(records, count);
            next += count;
            return count;
        }

        private int label(int record, long image) throws InputException {
            int label = records[record + labelAt] & 0xFF;
            if (label >= classes.size()) {
                throw new InputException(
                        "the label " + label + " of image " + image + " is outside 0.." + (classes.size() - 1),
                        files.get(part).toString(),
                        "the file is damaged or of the other variant; see the option variant");
            }
            return label;
        }

        @Override
        public void skip(long samples) {
            long left = samples;
            while (part < parts.size() - 1 && next + left >= parts.get(part).count()) {
                left -= parts.get(part).count() - next;
                close();
                part++;
                next = 0;
            }
            if (reader != null) {
                reader.skip(left);
            }
            next += left;
        }

        @Override
        public void close() {
            if (reader != null) {
                reader.close();
                reader = null;
            }
        }
    }
}

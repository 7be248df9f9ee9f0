package dev.assay.data.npy;

import dev.assay.analysis.InputException;
import dev.assay.data.ClassOrder;
import dev.assay.data.source.ClassNames;
import dev.assay.data.source.ElementType;
import dev.assay.data.source.FileStamp;
import dev.assay.data.source.Interruption;
import dev.assay.data.source.Labels;
import dev.assay.data.source.Limits;
import dev.assay.data.source.NumbersInMemory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An array of texts as labels. Whole numbers from 0 are class numbers, other texts are classes by name in the order of the
 * alphabet, as in a table; the reading option {@code classes} gives them another order.
 */
final class TextLabels {

    private static final Pattern TEXT = Pattern.compile("([<>|=]?)([US])([0-9]{1,6})");
    private static final int LONGEST = 4096;

    private TextLabels() {}

    /**
     * Reads an array of texts.
     *
     * @param samples number of samples
     * @param names classes that are asked for, if any
     * @return empty when the array holds something else
     * @throws InputException when it is damaged, of another length, or holds a text that is not among the names
     */
    static Optional<Labels> of(NpzArchive archive, String array, long samples, Optional<ClassNames> names)
            throws InputException {
        String where = archive.where(array);
        try (InputStream in = archive.unpack(archive.entry(array))) {
            NpyHeader.Raw header = NpyHeader.raw(in, where);
            Matcher type = TEXT.matcher(header.code());
            if (!type.matches()) {
                return Optional.empty();
            }
            long[] shape = header.shape(where);
            if (shape[0] != samples || shape.length > 2 || shape.length == 2 && shape[1] != 1) {
                throw new InputException(
                        "there are " + shape[0] + " labels for " + samples + " samples",
                        where,
                        "name the labels of these samples with y=, or y=none");
            }
            boolean wide = type.group(2).equals("U");
            int bytes = Integer.parseInt(type.group(3)) * (wide ? Integer.BYTES : 1);
            if (bytes == 0 || bytes > LONGEST) {
                throw new InputException(
                        "its texts have " + bytes + " bytes each, which is no class name", where, "save shorter names");
            }
            Charset letters = !wide
                    ? StandardCharsets.UTF_8
                    : Charset.forName(type.group(1).equals(">") ? "UTF-32BE" : "UTF-32LE");
            return Optional.of(labels(texts(in, Math.toIntExact(samples), bytes, letters, where), archive, names));
        } catch (IOException e) {
            throw new InputException(
                    "the array cannot be unpacked (" + FileStamp.reason(e) + ")",
                    where,
                    "the file is damaged; save it again",
                    e);
        }
    }

    /** Texts in the order in which they occur first, and which one each sample has. */
    private record Texts(Map<String, Integer> distinct, int[] ofSample) {}

    private static Texts texts(InputStream in, int samples, int bytes, Charset letters, String where)
            throws IOException, InputException {
        Map<String, Integer> distinct = new LinkedHashMap<>();
        int[] ofSample = new int[samples];
        byte[] text = new byte[bytes];
        for (int i = 0; i < samples; i++) {
            Interruption.check();
            if (in.readNBytes(text, 0, bytes) < bytes) {
                throw new IOException("it ends early");
            }
            String read = new String(text, letters);
            int end = read.indexOf(0);
            ofSample[i] = distinct.computeIfAbsent(
                    (end < 0 ? read : read.substring(0, end)).strip(), t -> distinct.size());
            if (distinct.size() > Limits.CLASSES) {
                throw new InputException(
                        "there are over " + Limits.CLASSES + " different labels", where,
                        "choose another array with y=");
            }
        }
        return new Texts(distinct, ofSample);
    }

    private static Labels labels(Texts texts, NpzArchive archive, Optional<ClassNames> names) throws InputException {
        List<String> own = new ArrayList<>(texts.distinct().keySet());
        boolean numbers = own.stream().allMatch(t -> t.matches("[0-9]{1,6}"));
        List<String> classes = new ArrayList<>(own);
        classes.sort(null);
        if (numbers) {
            int greatest = own.stream().mapToInt(Integer::parseInt).max().orElse(0);
            classes = Labels.numbered(greatest + 1);
        }
        List<String> all = names.map(ClassNames::names).orElse(classes);
        int[] ofClass = ClassOrder.places(classes, all);
        int[] places = ClassOrder.places(own, classes);
        int[] labels = new int[texts.ofSample().length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = ofClass[places[texts.ofSample()[i]]];
            if (labels[i] < 0) {
                throw names.orElseThrow()
                        .unknown(own.get(texts.ofSample()[i]), "of sample " + i, archive.stamp().path());
            }
        }
        return Labels.counting(
                new NumbersInMemory(labels),
                archive.stamp().path(),
                ElementType.I32,
                ByteOrder.LITTLE_ENDIAN,
                List.copyOf(all));
    }
}

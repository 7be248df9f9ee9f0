package dev.assay.data.npy;

import dev.assay.analysis.InputException;
import dev.assay.data.source.ElementType;
import dev.assay.data.source.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of an NPY array: magic, version, length, then a Python dictionary literal with {@code descr}, {@code
 * fortran_order} and {@code shape}, as NumPy's format note ("NEP 1, A Simple File Format for NumPy Arrays") lays down.
 *
 * @param type type of the values
 * @param order byte order
 * @param fortran whether the first dimension varies fastest
 * @param shape dimensions, at least one
 * @param bytes length of the header
 */
record NpyHeader(ElementType type, ByteOrder order, boolean fortran, long[] shape, int bytes) {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST = 1 << 16;
    private static final Pattern DESCR = Pattern.compile("['\"]descr['\"]\\s*:\\s*(['\"])([^'\"]*)\\1");
    private static final Pattern FORTRAN = Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([0-9L,\\s]*)\\)");

    /** Whether these first bytes can be those of an NPY array. */
    static boolean begins(byte[] first) {
        return first.length >= MAGIC.length
                && Arrays.equals(first, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /**
     * Reads and checks a header.
     *
     * @param where the file or archive member, for messages
     * @throws InputException when it is cut short, of another format, holds objects, or claims what cannot be
     */
    static NpyHeader read(InputStream in, String where) throws InputException, IOException {
        Raw raw = raw(in, where);
        return parse(raw.text(), raw.bytes(), where);
    }

    /** A header as it stands in the file. */
    record Raw(String text, int bytes) {

        /** The code of the values' type, such as {@code <U5}; empty when there are several. */
        String code() {
            Matcher descr = DESCR.matcher(text);
            return descr.find() ? descr.group(2) : "";
        }

        /** Dimensions, checked. */
        long[] shape(String where) throws InputException {
            Matcher shape = SHAPE.matcher(text);
            if (!shape.find()) {
                throw new InputException("its header does not name the shape of the array", where, "save it again");
            }
            return NpyHeader.shape(shape.group(1), where);
        }
    }

    /** Reads a header without looking at what it says. */
    static Raw raw(InputStream in, String where) throws InputException, IOException {
        byte[] start = in.readNBytes(8);
        if (start.length >= MAGIC.length && !begins(start)) {
            throw new InputException(
                    "this is no NPY array: it does not begin as one", where, "save it with numpy.save or numpy.savez");
        }
        if (start.length < 8) {
            throw cutShort(where);
        }
        int version = start[6];
        int lengthBytes = version == 1 ? 2 : 4;
        if (version < 1 || version > 3) {
            throw new InputException(
                    "this is an NPY array of version " + version, where, "save it again; versions 1 to 3 are known");
        }
        byte[] lengths = in.readNBytes(lengthBytes);
        if (lengths.length < lengthBytes) {
            throw cutShort(where);
        }
        long length = 0;
        for (int i = lengthBytes - 1; i >= 0; i--) {
            length = length << 8 | lengths[i] & 0xFF;
        }
        if (length > LONGEST) {
            throw new InputException(
                    "its header declares a length of " + length + " bytes",
                    where,
                    "the file is damaged or made to deceive; save it again");
        }
        byte[] text = in.readNBytes((int) length);
        if (text.length < length) {
            throw cutShort(where);
        }
        return new Raw(new String(text, StandardCharsets.UTF_8), 8 + lengthBytes + text.length);
    }

    private static InputException cutShort(String where) {
        return new InputException("the array ends within its header", where, "it was cut short; save it again");
    }

    private static NpyHeader parse(String text, int bytes, String where) throws InputException {
        Matcher descr = DESCR.matcher(text);
        Matcher fortran = FORTRAN.matcher(text);
        Matcher shape = SHAPE.matcher(text);
        boolean described = descr.find();
        if (!described && text.contains("descr")) {
            throw new InputException(
                    "the array has fields of several types", where, "save one plain array of numbers per file");
        }
        if (!described || !fortran.find() || !shape.find()) {
            throw new InputException(
                    "its header does not name the type, order and shape of the array", where, "save it again");
        }
        String code = descr.group(2);
        ByteOrder order = code.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
        return new NpyHeader(
                type(code, where), order, fortran.group(1).equals("True"), shape(shape.group(1), where), bytes);
    }

    private static ElementType type(String code, String where) throws InputException {
        boolean ordered = !code.isEmpty() && "<>|=".indexOf(code.charAt(0)) >= 0;
        return switch (ordered ? code.substring(1) : code) {
            case "u1" -> ElementType.U8;
            case "i1" -> ElementType.I8;
            case "b1" -> ElementType.BOOL;
            case "i2" -> ElementType.I16;
            case "u2" -> ElementType.U16;
            case "i4" -> ElementType.I32;
            case "u4" -> ElementType.U32;
            case "i8" -> ElementType.I64;
            case "u8" -> ElementType.U64;
            case "f2" -> ElementType.F16;
            case "f4" -> ElementType.F32;
            case "f8" -> ElementType.F64;
            case "O" ->
                throw new InputException(
                        "the array holds Python objects (a pickle), which could run any code and is never unpickled",
                        where,
                        "save it as a plain array of numbers");
            default ->
                throw new InputException(
                        "the array has the type '" + code + "'",
                        where,
                        "save it as integers, booleans, or float16, float32 or float64");
        };
    }

    private static long[] shape(String text, String where) throws InputException {
        String[] parts = text.replace("L", "").strip().split("\\s*,\\s*");
        if (parts.length == 1 && parts[0].isEmpty()) {
            throw new InputException("the array is a single number", where, "choose an array with a row per sample");
        }
        if (parts.length > Limits.RANK) {
            throw new InputException("the array has " + parts.length + " dimensions", where, "save it with fewer");
        }
        long[] shape = new long[parts.length];
        for (int i = 0; i < parts.length; i++) {
            try {
                shape[i] = Long.parseLong(parts[i].strip());
            } catch (NumberFormatException e) {
                throw new InputException("its header has the shape (" + text + ")", where, "save it again");
            }
        }
        if (shape[0] == 0) {
            throw new InputException("the array holds no samples", where, "choose another one");
        }
        checkSize(shape, where);
        return shape;
    }

    private static void checkSize(long[] shape, String where) throws InputException {
        long values = 1;
        for (int i = 1; i < shape.length; i++) {
            if (shape[i] == 0) {
                throw new InputException(
                        "a sample has no values: dimension " + (i + 1) + " is 0", where, "choose another array");
            }
            values = values > Limits.SAMPLE_VALUES ? values : values * Math.min(shape[i], Limits.SAMPLE_VALUES + 1);
        }
        if (values > Limits.SAMPLE_VALUES || shape[0] > Long.MAX_VALUE / 16 / values) {
            throw new InputException(
                    "its header declares a shape that cannot be: " + Arrays.toString(shape),
                    where,
                    "the file is damaged or made to deceive; save it again");
        }
    }

    /** Number of samples. */
    long count() {
        return shape[0];
    }

    /** Shape of a sample; {@code [1]} for a plain list. */
    int[] sampleShape() {
        if (shape.length == 1) {
            return new int[] {1};
        }
        int[] sample = new int[shape.length - 1];
        for (int i = 0; i < sample.length; i++) {
            sample[i] = Math.toIntExact(shape[i + 1]);
        }
        return sample;
    }

    /** Values of a sample. */
    int sampleValues() {
        int values = 1;
        for (int dim : sampleShape()) {
            values *= dim;
        }
        return values;
    }

    /** Bytes of a sample. */
    int sampleBytes() {
        return sampleValues() * type.bytes();
    }

    /** Header and data. */
    long wholeBytes() {
        return bytes + Math.multiplyExact(count(), (long) sampleBytes());
    }
}

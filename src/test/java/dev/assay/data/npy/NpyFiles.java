package dev.assay.data.npy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes NumPy arrays for tests, as numpy.save and numpy.savez do. */
final class NpyFiles {

    private NpyFiles() {}

    /** An array with any header text. */
    static byte[] raw(String header, byte[] values) {
        int length = (10 + header.length() + 1 + 63) / 64 * 64 - 10;
        ByteBuffer bytes = ByteBuffer.allocate(10 + length + values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
        bytes.putShort((short) length);
        bytes.put(String.format("%-" + (length - 1) + "s\n", header).getBytes(StandardCharsets.US_ASCII));
        bytes.put(values);
        return bytes.array();
    }

    /** An array. */
    static byte[] array(String descr, boolean fortran, String shape, byte[] values) {
        return raw(
                "{'descr': '" + descr + "', 'fortran_order': " + (fortran ? "True" : "False") + ", 'shape': (" + shape
                        + "), }",
                values);
    }

    /** An array of float32, little-endian, row-major. */
    static byte[] floats(String shape, float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return array("<f4", false, shape, bytes.array());
    }

    /** An array of int64 labels. */
    static byte[] labels(long... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : values) {
            bytes.putLong(value);
        }
        return array("<i8", false, values.length + ",", bytes.array());
    }

    /** An archive; names without ending get {@code .npy}. */
    static byte[] zip(boolean deflate, Map<String, byte[]> arrays) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
                for (Map.Entry<String, byte[]> array : arrays.entrySet()) {
                    ZipEntry entry = new ZipEntry(array.getKey() + (array.getKey().contains(".") ? "" : ".npy"));
                    if (!deflate) {
                        CRC32 crc = new CRC32();
                        crc.update(array.getValue());
                        entry.setMethod(ZipEntry.STORED);
                        entry.setSize(array.getValue().length);
                        entry.setCrc(crc.getValue());
                    }
                    zip.putNextEntry(entry);
                    zip.write(array.getValue());
                }
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.assay.data;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Writes IDX files for tests. */
public final class IdxFiles {

    private IdxFiles() {}

    /** Header and bytes of an array of unsigned bytes. */
    public static byte[] bytes(int[] dims, byte[] values) {
        return array(0x08, dims, values);
    }

    /** Header and big-endian values of any type. */
    public static byte[] array(int type, int[] dims, byte[] values) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream out = new DataOutputStream(bytes);
            out.write(new byte[] {0, 0, (byte) type, (byte) dims.length});
            for (int dim : dims) {
                out.writeInt(dim);
            }
            out.write(values);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Compresses. */
    public static byte[] gzip(byte[] content) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (OutputStream out = new GZIPOutputStream(bytes)) {
                out.write(content);
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pixels that differ from sample to sample. */
    public static byte[] pixels(int count) {
        byte[] pixels = new byte[count];
        for (int i = 0; i < count; i++) {
            pixels[i] = (byte) (i * 31 + i / 7);
        }
        return pixels;
    }

    /** Labels 0, 1, 2, ... modulo the number of classes. */
    public static byte[] labels(int count, int classes) {
        byte[] labels = new byte[count];
        for (int i = 0; i < count; i++) {
            labels[i] = (byte) (i % classes);
        }
        return labels;
    }

    /** Writes {@code train-images-idx3-ubyte} and its labels, compressed or not; returns the images. */
    public static Path write(Path folder, int count, int height, int width, int classes, boolean gzip) {
        byte[] images = bytes(new int[] {count, height, width}, pixels(count * height * width));
        byte[] labels = bytes(new int[] {count}, labels(count, classes));
        String ending = gzip ? ".gz" : "";
        try {
            Files.write(folder.resolve("train-labels-idx1-ubyte" + ending), gzip ? gzip(labels) : labels);
            return Files.write(folder.resolve("train-images-idx3-ubyte" + ending), gzip ? gzip(images) : images);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package dev.assay.model.onnx;

import dev.assay.analysis.InputException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import onnx.Onnx;

/**
 * Where a tensor's values lie outside of the ONNX file.
 *
 * @param tensor the tensor's name
 * @param file the file, inside the model's folder
 * @param offset first byte
 * @param length number of bytes
 */
record ExternalData(String tensor, Path file, long offset, long length) {

    /**
     * Resolves a tensor's reference. It may only lead to a file in the model's folder or below, links included, so that
     * a model from a stranger cannot read other files.
     *
     * @throws InputException when it leads elsewhere, is missing, or is shorter than the tensor
     */
    static ExternalData of(Onnx.TensorProto tensor, GraphSource source) throws InputException {
        String location = "";
        long offset = 0;
        long length = -1;
        for (Onnx.StringStringEntryProto entry : tensor.getExternalDataList()) {
            switch (entry.getKey()) {
                case "location" -> location = entry.getValue();
                case "offset" -> offset = number(entry, tensor, source);
                case "length" -> length = number(entry, tensor, source);
                default -> {
                    // A checksum is optional, and the sizes are checked below.
                }
            }
        }
        Path file = inside(location, tensor, source);
        long needed = TensorValues.bytes(tensor, source.where());
        if (length >= 0 && length != needed) {
            throw problem(
                    "its external data has " + length + " bytes, its shape needs " + needed, tensor, source, null);
        }
        try {
            long size = Files.size(file);
            if (offset < 0 || offset > size || needed > size - offset) {
                throw problem(
                        "its external data ends at byte " + (offset + needed) + ", the file '" + location + "' has "
                                + size,
                        tensor,
                        source,
                        null);
            }
        } catch (IOException e) {
            throw problem("its external data '" + location + "' cannot be read", tensor, source, e);
        }
        return new ExternalData(tensor.getName(), file, offset, needed);
    }

    private static Path inside(String location, Onnx.TensorProto tensor, GraphSource source) throws InputException {
        try {
            Path relative = source.folder().getFileSystem().getPath(location);
            boolean plain = !location.isEmpty() && !relative.isAbsolute() && location.indexOf('\\') < 0;
            for (Path part : relative) {
                plain &= !part.toString().equals("..");
            }
            if (!plain) {
                throw problem(
                        "its external data '" + location + "' points outside of the model's folder",
                        tensor,
                        source,
                        null);
            }
            Path resolved = source.folder().resolve(relative);
            if (!Files.isRegularFile(resolved)) {
                throw problem("its external data '" + location + "' is missing beside the model", tensor, source, null);
            }
            if (!resolved.toRealPath().startsWith(source.folder().toRealPath())) {
                throw problem(
                        "its external data '" + location + "' is a link out of the model's folder",
                        tensor,
                        source,
                        null);
            }
            return resolved;
        } catch (InvalidPathException | IOException e) {
            throw problem("its external data '" + location.replace('\0', '?') + "' cannot be found", tensor, source, e);
        }
    }

    private static long number(Onnx.StringStringEntryProto entry, Onnx.TensorProto tensor, GraphSource source)
            throws InputException {
        try {
            return Long.parseLong(entry.getValue());
        } catch (NumberFormatException e) {
            throw problem(
                    "its external data has the " + entry.getKey() + " '" + entry.getValue() + "', not a number",
                    tensor,
                    source,
                    e);
        }
    }

    private static InputException problem(String what, Onnx.TensorProto tensor, GraphSource source, Exception cause) {
        return new InputException(
                "tensor '" + tensor.getName() + "': " + what,
                source.where(),
                "keep the model's data files in its own folder, as they were exported",
                cause);
    }

    /**
     * Fills a buffer with the values' bytes.
     *
     * @param target has room for {@link #length()} bytes
     * @throws InputException when the file can no longer be read
     */
    void read(ByteBuffer target, String where) throws InputException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long position = offset;
            while (target.hasRemaining()) {
                int read = channel.read(target, position);
                if (read < 0) {
                    throw new EOFException("the file has become shorter");
                }
                position += read;
            }
        } catch (IOException e) {
            throw new InputException(
                    "the external data of tensor '" + tensor + "' cannot be read (" + e.getMessage() + ")",
                    where,
                    "keep the model's data files in its own folder",
                    e);
        }
    }
}

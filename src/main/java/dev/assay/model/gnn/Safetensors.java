package dev.assay.model.gnn;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.analysis.InputException;
import dev.assay.data.source.FileStamp;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The safetensors format: eight bytes with the length of a JSON header, the header with each tensor's type, shape and
 * place, then the values. Nothing in it is believed before it is checked against the file's size.
 */
final class Safetensors {

    private static final long MOST_BYTES = 1L << 30;
    private static final int MOST_HEADER = 1 << 24;
    private static final int MOST_RANK = 8;
    private static final String METADATA = "__metadata__";
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    private Safetensors() {}

    private record Entry(String name, String type, int[] shape, long begin, long end) {}

    /**
     * Reads all tensors of float32, float64 and whole numbers of 64 bits.
     *
     * @throws InputException when the file is cut short, damaged or hostile
     */
    static GnnWeights read(Path path) throws InputException {
        FileStamp stamp = FileStamp.of(path);
        if (stamp.size() > MOST_BYTES) {
            throw problem(path, "the file has " + stamp.size() + " bytes",
                    "a graph neural network is smaller than 1 GiB");
        }
        try (SeekableByteChannel channel = Files.newByteChannel(path)) {
            ByteBuffer whole = ByteBuffer.allocate((int) stamp.size()).order(ByteOrder.LITTLE_ENDIAN);
            while (whole.hasRemaining() && channel.read(whole) >= 0) {
                // Reads on until the file ends.
            }
            if (whole.hasRemaining()) {
                throw problem(path, "the file ends early", "it was changed while it was read; try again");
            }
            return read(path, whole.flip());
        } catch (IOException e) {
            throw FileStamp.unreadable(path, e);
        }
    }

    private static GnnWeights read(Path path, ByteBuffer file) throws InputException {
        if (file.limit() < Long.BYTES) {
            throw problem(path, "the file ends within its first 8 bytes", "it was cut short; save it again");
        }
        long length = file.getLong(0);
        if (length < 2 || length > MOST_HEADER || length > file.limit() - Long.BYTES) {
            throw problem(
                    path, "its header declares a length of " + Long.toUnsignedString(length) + " bytes where "
                            + (file.limit() - Long.BYTES) + " follow",
                    "the file was cut short, is no safetensors file, or is made to deceive");
        }
        JsonNode header;
        try {
            header = JSON.readTree(file.array(), Long.BYTES, (int) length);
        } catch (JacksonException e) {
            throw new InputException(
                    "its header is no JSON (" + e.getOriginalMessage() + ")", path.toString(), "save it again", e);
        } catch (IOException e) {
            throw FileStamp.unreadable(path, e);
        }
        if (header == null || !header.isObject()) {
            throw problem(path, "its header is no JSON object", "save it again");
        }
        long data = file.limit() - Long.BYTES - length;
        List<Entry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonNode> e : header.properties()) {
            if (!e.getKey().equals(METADATA)) {
                entries.add(entry(path, e.getKey(), e.getValue(), data));
            }
        }
        checkPlaces(path, entries, data);
        Map<String, GnnWeights.Tensor> tensors = new LinkedHashMap<>();
        for (Entry e : entries) {
            tensors.put(e.name(), new GnnWeights.Tensor(e.shape(), values(file, (int) (Long.BYTES + length), e)));
        }
        return new GnnWeights(tensors);
    }

    private static Entry entry(Path path, String name, JsonNode node, long data) throws InputException {
        String type = node.path("dtype").asText("");
        int bytes = switch (type) {
            case "F32" -> Float.BYTES;
            case "F64", "I64" -> Double.BYTES;
            default -> throw problem(
                    path, "the tensor " + shown(name) + " has the type '" + shown(type) + "'",
                    "save it as float32 or float64");
        };
        JsonNode dims = node.path("shape");
        JsonNode offsets = node.path("data_offsets");
        if (!dims.isArray() || dims.size() > MOST_RANK || !offsets.isArray() || offsets.size() != 2
                || !offsets.get(0).isIntegralNumber() || !offsets.get(1).isIntegralNumber()) {
            throw problem(path, "the tensor " + shown(name) + " has no shape or no place", "save it again");
        }
        int[] shape = new int[dims.size()];
        long count = 1;
        for (int d = 0; d < shape.length; d++) {
            JsonNode dim = dims.get(d);
            if (!dim.isIntegralNumber() || !dim.canConvertToInt() || dim.asInt() < 0) {
                throw problem(path, "the tensor " + shown(name) + " has the dimension " + dim, "save it again");
            }
            shape[d] = dim.asInt();
            count = Math.min(MOST_BYTES, count * shape[d]);
        }
        if (!offsets.get(0).canConvertToLong() || !offsets.get(1).canConvertToLong()) {
            throw problem(path, "the tensor " + shown(name) + " has the place " + offsets, "save it again");
        }
        long begin = offsets.get(0).asLong();
        long end = offsets.get(1).asLong();
        if (begin < 0 || end < begin || end > data) {
            throw problem(
                    path, "the tensor " + shown(name) + " lies at bytes " + begin + " to " + end + " of " + data,
                    "the file was cut short or is made to deceive; save it again");
        }
        if (end - begin != count * bytes) {
            throw problem(
                    path, "the tensor " + shown(name) + " has " + (end - begin) + " bytes, its shape asks for "
                            + count * bytes,
                    "the header is wrong or made to deceive; save it again");
        }
        return new Entry(name, type, shape, begin, end);
    }

    /** Tensors lie one behind the other without overlap or gap, as the format asks. */
    private static void checkPlaces(Path path, List<Entry> entries, long data) throws InputException {
        long at = 0;
        for (Entry e : entries.stream().sorted(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end))
                .toList()) {
            if (e.begin() != at) {
                throw problem(
                        path, "the tensor " + shown(e.name()) + " begins at byte " + e.begin() + ", "
                                + (e.begin() < at ? "within" : "a gap after") + " the one before, which ends at " + at,
                        "the header is wrong or made to deceive; save it again");
            }
            at = e.end();
        }
        if (at != data) {
            throw problem(path, (data - at) + " bytes follow the last tensor", "save it again");
        }
    }

    private static double[] values(ByteBuffer file, int data, Entry e) {
        int from = data + (int) e.begin();
        int bytes = e.type().equals("F32") ? Float.BYTES : Double.BYTES;
        double[] values = new double[(int) (e.end() - e.begin()) / bytes];
        for (int i = 0; i < values.length; i++) {
            int at = from + i * bytes;
            values[i] = switch (e.type()) {
                case "F32" -> file.getFloat(at);
                case "F64" -> file.getDouble(at);
                default -> file.getLong(at);
            };
        }
        return values;
    }

    private static InputException problem(Path path, String what, String mend) {
        return new InputException(what, path.toString(), mend);
    }

    private static String shown(String name) {
        String clean = name.replaceAll("\\p{Cntrl}", "?");
        return clean.length() > 80 ? clean.substring(0, 80) + "..." : clean;
    }

    /** Writes float64 where a value needs it, else float32. */
    static byte[] bytes(GnnWeights weights) {
        ObjectNode header = JSON.createObjectNode();
        long at = 0;
        for (Map.Entry<String, GnnWeights.Tensor> e : weights.tensors().entrySet()) {
            int bytes = bytesOf(e.getValue());
            ObjectNode node = header.putObject(e.getKey());
            node.put("dtype", bytes == Float.BYTES ? "F32" : "F64");
            ArrayNode shape = node.putArray("shape");
            for (int d : e.getValue().shape()) {
                shape.add(d);
            }
            node.putArray("data_offsets").add(at).add(at + (long) bytes * e.getValue().values().length);
            at += (long) bytes * e.getValue().values().length;
        }
        byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
        // Padded with blanks so that values are aligned.
        int padded = (text.length + Long.BYTES - 1) / Long.BYTES * Long.BYTES;
        ByteBuffer out = ByteBuffer.allocate(Math.toIntExact(Long.BYTES + padded + at))
                .order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(padded).put(text);
        while (out.position() < Long.BYTES + padded) {
            out.put((byte) ' ');
        }
        for (GnnWeights.Tensor tensor : weights.tensors().values()) {
            boolean narrow = bytesOf(tensor) == Float.BYTES;
            for (double v : tensor.values()) {
                if (narrow) {
                    out.putFloat((float) v);
                } else {
                    out.putDouble(v);
                }
            }
        }
        return out.array();
    }

    private static int bytesOf(GnnWeights.Tensor tensor) {
        for (double v : tensor.values()) {
            if ((float) v != v) {
                return Double.BYTES;
            }
        }
        return Float.BYTES;
    }
}

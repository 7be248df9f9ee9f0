package dev.assay.model.torchscript;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes small TorchScript archives as PyTorch would: a ZIP of stored entries with the module's code, its state as a
 * pickle, and the tensors' bytes. There is no Python here to make them.
 */
public final class TorchScriptFile {

    private record Tensor(float[] values, int[] shape) {}

    private final Map<String, Tensor> tensors = new LinkedHashMap<>();
    private final String body;

    /** @param body the body of {@code forward(self, x: Tensor) -> Tensor}, one statement per line */
    public TorchScriptFile(String body) {
        this.body = body;
    }

    public TorchScriptFile tensor(String name, float[] values, int... shape) {
        tensors.put(name, new Tensor(values, shape));
        return this;
    }

    public byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            entry(zip, "net/data.pkl", pickle());
            entry(zip, "net/code/__torch__.py", code().getBytes(StandardCharsets.UTF_8));
            int number = 0;
            for (Tensor tensor : tensors.values()) {
                ByteBuffer raw = ByteBuffer.allocate(tensor.values().length * Float.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN);
                raw.asFloatBuffer().put(tensor.values());
                entry(zip, "net/data/" + number++, raw.array());
            }
            // An empty tuple.
            entry(zip, "net/constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
            entry(zip, "net/version", "3\n".getBytes(StandardCharsets.UTF_8));
        }
        return asPyTorchMarksIt(bytes.toByteArray());
    }

    /**
     * PyTorch marks its stored entries as having their sizes behind them, which keeps them from being read in a
     * stream.
     */
    private static byte[] asPyTorchMarksIt(byte[] zip) {
        ByteBuffer buffer = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i + 10 < zip.length; i++) {
            if (buffer.getInt(i) == 0x04034b50) {
                buffer.putShort(i + 6, (short) 0x0808);
            } else if (buffer.getInt(i) == 0x02014b50) {
                buffer.putShort(i + 8, (short) 0x0808);
            }
        }
        return zip;
    }

    private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 crc = new CRC32();
        crc.update(content);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    private String code() {
        StringBuilder code = new StringBuilder("class Net(Module):\n  __parameters__ = [");
        tensors.keySet().forEach(name -> code.append('"').append(name).append("\", "));
        code.append("]\n  __buffers__ = []\n");
        tensors.keySet().forEach(name -> code.append("  ").append(name).append(" : Tensor\n"));
        code.append("  training : bool\n  def forward(self: __torch__.Net,\n    x: Tensor) -> Tensor:\n");
        body.lines().forEach(line -> code.append("    ").append(line).append('\n'));
        return code.toString();
    }

    private byte[] pickle() throws IOException {
        Pickle p = new Pickle();
        p.raw(0x80, 2);
        p.global("__torch__", "Net");
        p.raw(')', 0x81, '}', '(');
        int number = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            p.text(entry.getKey());
            p.tensor(entry.getValue(), number++);
        }
        p.text("training");
        p.raw(0x89, 'u', 'b', '.');
        return p.out.toByteArray();
    }

    /** The few pickle codes that a module's state needs. */
    private static final class Pickle {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        void raw(int... codes) {
            for (int code : codes) {
                out.write(code);
            }
        }

        void global(String module, String name) throws IOException {
            out.write(("c" + module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
        }

        void text(String text) throws IOException {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            out.write('X');
            number(bytes.length);
            out.write(bytes);
        }

        private void number(int value) throws IOException {
            out.write(ByteBuffer.allocate(4)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(value)
                    .array());
        }

        void integer(int value) throws IOException {
            out.write('J');
            number(value);
        }

        void tensor(Tensor tensor, int storage) throws IOException {
            global("torch._utils", "_rebuild_tensor_v2");
            raw('(', '(');
            text("storage");
            global("torch", "FloatStorage");
            text(String.valueOf(storage));
            text("cpu");
            integer(tensor.values().length);
            raw('t', 'Q');
            integer(0);
            raw('(');
            for (int d : tensor.shape()) {
                integer(d);
            }
            raw('t', '(');
            int stride = tensor.values().length;
            for (int d : tensor.shape()) {
                stride /= d;
                integer(stride);
            }
            raw('t', 0x89);
            global("collections", "OrderedDict");
            raw(')', 'R', 't', 'R');
        }
    }
}

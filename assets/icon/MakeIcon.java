import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * Draws Assay's icon: neurons of which some are on, some off, some free, in a rounded square.
 *
 * <p>{@code java MakeIcon.java . ../../src/main/resources/dev/assay/ui/shell} writes assay.svg, assay.png, assay.ico and
 * assay.icns into the first folder and the sizes that the window uses into the second.
 */
final class MakeIcon {

    private static final Color GROUND = new Color(0x1b2430);
    private static final Color ACTIVE = new Color(0xD55E00);
    private static final Color INACTIVE = new Color(0x56B4E9);
    private static final Color FREE = new Color(0x3d4a5c);
    /** Rows of neurons: + active, - inactive, . free. An A can be read in it. */
    private static final String[] PATTERN = {".++.", "+--+", "++++", "+--+"};

    private MakeIcon() {}

    public static void main(String[] args) throws IOException {
        Path assets = Path.of(args[0]);
        Path resources = Path.of(args[1]);
        Files.createDirectories(resources);
        Files.writeString(assets.resolve("assay.svg"), svg());
        Files.write(assets.resolve("assay.png"), png(512));
        Files.write(assets.resolve("assay.ico"), ico(16, 24, 32, 48, 64, 128, 256));
        Files.write(assets.resolve("assay.icns"), icns());
        for (int size : new int[] {16, 32, 64, 128, 256}) {
            Files.write(resources.resolve("icon-" + size + ".png"), png(size));
        }
    }

    private static Color color(char c) {
        return c == '+' ? ACTIVE : c == '-' ? INACTIVE : FREE;
    }

    private static byte[] png(int size) throws IOException {
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
        Graphics2D g = image.createGraphics();
        g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        g.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        g.scale(size / 64.0, size / 64.0);
        g.setColor(GROUND);
        g.fill(new RoundRectangle2D.Double(2, 2, 60, 60, 26, 26));
        for (int row = 0; row < 4; row++) {
            for (int column = 0; column < 4; column++) {
                g.setColor(color(PATTERN[row].charAt(column)));
                g.fill(new Ellipse2D.Double(9 + column * 12, 9 + row * 12, 10, 10));
            }
        }
        g.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    private static String svg() {
        StringBuilder svg = new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 64 64\">\n");
        svg.append("  <rect x=\"2\" y=\"2\" width=\"60\" height=\"60\" rx=\"13\" fill=\"").append(hex(GROUND)).append("\"/>\n");
        for (int row = 0; row < 4; row++) {
            for (int column = 0; column < 4; column++) {
                svg.append("  <circle cx=\"").append(14 + column * 12).append("\" cy=\"").append(14 + row * 12)
                        .append("\" r=\"5\" fill=\"").append(hex(color(PATTERN[row].charAt(column)))).append("\"/>\n");
            }
        }
        return svg.append("</svg>\n").toString();
    }

    private static String hex(Color color) {
        return String.format("#%06x", color.getRGB() & 0xffffff);
    }

    /** A Windows icon: a directory, then the pictures as PNG. */
    private static byte[] ico(int... sizes) throws IOException {
        byte[][] pictures = new byte[sizes.length][];
        int length = 6 + 16 * sizes.length;
        for (int i = 0; i < sizes.length; i++) {
            pictures[i] = png(sizes[i]);
            length += pictures[i].length;
        }
        ByteBuffer buffer = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putShort((short) 0).putShort((short) 1).putShort((short) sizes.length);
        int offset = 6 + 16 * sizes.length;
        for (int i = 0; i < sizes.length; i++) {
            byte edge = (byte) (sizes[i] == 256 ? 0 : sizes[i]);
            buffer.put(edge).put(edge).put((byte) 0).put((byte) 0).putShort((short) 1).putShort((short) 32);
            buffer.putInt(pictures[i].length).putInt(offset);
            offset += pictures[i].length;
        }
        for (byte[] picture : pictures) {
            buffer.put(picture);
        }
        return buffer.array();
    }

    /** A macOS icon: tagged pictures as PNG. */
    private static byte[] icns() throws IOException {
        Map<String, byte[]> pictures = new LinkedHashMap<>();
        pictures.put("ic07", png(128));
        pictures.put("ic08", png(256));
        pictures.put("ic09", png(512));
        pictures.put("ic10", png(1024));
        pictures.put("ic11", png(32));
        pictures.put("ic12", png(64));
        int length = 8 + pictures.values().stream().mapToInt(p -> p.length + 8).sum();
        ByteBuffer buffer = ByteBuffer.allocate(length);
        buffer.put("icns".getBytes(StandardCharsets.US_ASCII)).putInt(length);
        pictures.forEach((tag, picture) -> buffer.put(tag.getBytes(StandardCharsets.US_ASCII))
                .putInt(picture.length + 8)
                .put(picture));
        return buffer.array();
    }
}

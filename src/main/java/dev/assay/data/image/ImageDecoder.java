package dev.assay.data.image;

import dev.assay.analysis.InputException;
import dev.assay.data.source.FileStamp;
import dev.assay.data.source.Interruption;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.CancellationException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes pictures to bytes: grey, or red, green and blue side by side. A colour picture becomes grey by the luma of
 * ITU-R BT.601, {@code (19595 R + 38470 G + 7471 B + 32768) / 65536} in integers. Opacity is left out; the orientation
 * that a camera notes is not applied; the first frame of a GIF counts.
 */
final class ImageDecoder {

    private static final long MOST_PIXELS = 1L << 26;
    private static final long MOST_BYTES = 256L << 20;
    /** More pixels than the four formats can pack into a byte: 4096 of one colour in a 12-bit code of GIF. */
    private static final long PIXELS_PER_BYTE = 4096;

    private final int width;
    private final int height;
    private final boolean grey;
    private final boolean refuseColour;
    private final boolean rescale;

    /**
     * @param grey whether to make one byte per pixel of it
     * @param refuseColour whether pictures in colour are then refused, or turned to grey
     * @param rescale whether pictures of another size are rescaled, or refused
     */
    ImageDecoder(int width, int height, boolean grey, boolean refuseColour, boolean rescale) {
        this.width = width;
        this.height = height;
        this.grey = grey;
        this.refuseColour = refuseColour;
        this.rescale = rescale;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    boolean grey() {
        return grey;
    }

    /** Bytes of a decoded picture. */
    int bytes() {
        return width * height * (grey ? 1 : 3);
    }

    /** Decodes a whole picture as it is, to see its size and colour. */
    static BufferedImage first(Path file) throws InputException {
        return decode(file, null);
    }

    /** Whether a picture has no colour. */
    static boolean isGrey(BufferedImage image) {
        if (image.getColorModel() instanceof IndexColorModel palette) {
            for (int i = 0; i < palette.getMapSize(); i++) {
                if (palette.getRed(i) != palette.getGreen(i) || palette.getGreen(i) != palette.getBlue(i)) {
                    return false;
                }
            }
            return true;
        }
        return image.getRaster().getNumBands() < 3;
    }

    /**
     * Decodes a picture.
     *
     * @param out gets {@link #bytes()} bytes, row by row
     * @throws InputException when it is missing, damaged, too large, of another size, or in colour where grey is read
     */
    void decode(Path file, byte[] out, int at) throws InputException {
        BufferedImage image = decode(file, this);
        if (image.getWidth() != width || image.getHeight() != height) {
            image = rescaled(image);
        }
        boolean colourless = copy(image, out, at, grey);
        if (grey && refuseColour && !colourless) {
            throw new InputException(
                    "the picture has colours, the first one has none",
                    file.toString(),
                    "give colour=rgb, or colour=grey to turn all of them to grey");
        }
    }

    private static BufferedImage decode(Path file, ImageDecoder expected) throws InputException {
        FileStamp stamp = FileStamp.of(file);
        if (stamp.size() > MOST_BYTES) {
            throw new InputException("the picture has " + stamp.size() + " bytes", file.toString(), "make it smaller");
        }
        try (InputStream in = Files.newInputStream(file);
                ImageInputStream bytes = new MemoryCacheImageInputStream(in)) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(bytes);
            if (!readers.hasNext()) {
                throw new InputException(
                        "this is no picture in PNG, JPEG, BMP or GIF", file.toString(), "take it out of the folder");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(bytes, true, true);
                checkSize(stamp, reader.getWidth(0), reader.getHeight(0), expected);
                return reader.read(0);
            } finally {
                reader.dispose();
            }
        } catch (ClosedByInterruptException e) {
            throw Interruption.of(e);
        } catch (IOException e) {
            throw damaged(file, e);
        } catch (RuntimeException e) { // the JDK's decoders answer some damage with index and argument exceptions
            if (e instanceof CancellationException) {
                throw e;
            }
            throw damaged(file, e);
        }
    }

    private static InputException damaged(Path file, Exception e) {
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return new InputException(
                "the picture cannot be decoded (" + reason + ")", file.toString(), "mend it or take it out", e);
    }

    private static void checkSize(FileStamp stamp, int width, int height, ImageDecoder expected)
            throws InputException {
        Path file = stamp.path();
        long most = Math.min(MOST_PIXELS, stamp.size() * PIXELS_PER_BYTE);
        if (width < 1 || height < 1 || (long) width * height > most) {
            throw new InputException(
                    "the picture declares " + width + "x" + height + " pixels in " + stamp.size() + " bytes",
                    file.toString(),
                    "make it smaller, or take it out");
        }
        if (expected != null && !expected.rescale && (width != expected.width || height != expected.height)) {
            throw new InputException(
                    "the picture has " + width + "x" + height + " pixels, the first one has " + expected.width + "x"
                            + expected.height,
                    file.toString(),
                    "give size=WIDTHxHEIGHT to rescale all of them");
        }
    }

    /** Shrinks by averaging areas, enlarges with straight lines between pixels. */
    private BufferedImage rescaled(BufferedImage image) {
        BufferedImage rgb = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        byte[] pixels = new byte[image.getWidth() * image.getHeight() * 3];
        copy(image, pixels, 0, false);
        for (int p = 0; p < image.getWidth() * image.getHeight(); p++) {
            int value = (pixels[3 * p] & 0xFF) << 16 | (pixels[3 * p + 1] & 0xFF) << 8 | pixels[3 * p + 2] & 0xFF;
            rgb.setRGB(p % image.getWidth(), p / image.getWidth(), value);
        }
        BufferedImage target = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = target.createGraphics();
        if (width <= image.getWidth() && height <= image.getHeight()) {
            Image shrunk = rgb.getScaledInstance(width, height, Image.SCALE_AREA_AVERAGING);
            graphics.drawImage(shrunk, 0, 0, null);
        } else {
            graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            graphics.drawImage(rgb, 0, 0, width, height, null);
        }
        graphics.dispose();
        return target;
    }

    /** Writes the pixels of a picture; returns whether all of them are grey. */
    private static boolean copy(BufferedImage image, byte[] out, int at, boolean grey) {
        boolean palette = image.getColorModel() instanceof IndexColorModel;
        Raster raster = image.getRaster();
        int bands = raster.getNumBands();
        int width = image.getWidth();
        int[] row = new int[width * Math.max(1, bands)];
        int[] most = new int[bands];
        for (int b = 0; b < bands; b++) {
            most[b] = (1 << Math.min(30, image.getSampleModel().getSampleSize(b))) - 1;
        }
        boolean allGrey = true;
        int to = at;
        for (int y = 0; y < image.getHeight(); y++) {
            if (palette) {
                image.getRGB(0, y, width, 1, row, 0, width);
            } else {
                raster.getPixels(0, y, width, 1, row);
            }
            for (int x = 0; x < width; x++) {
                int red;
                int green;
                int blue;
                if (palette) {
                    red = row[x] >> 16 & 0xFF;
                    green = row[x] >> 8 & 0xFF;
                    blue = row[x] & 0xFF;
                } else if (bands < 3) {
                    red = toByte(row[x * bands], most[0]);
                    green = red;
                    blue = red;
                } else {
                    red = toByte(row[x * bands], most[0]);
                    green = toByte(row[x * bands + 1], most[1]);
                    blue = toByte(row[x * bands + 2], most[2]);
                }
                allGrey &= red == green && green == blue;
                if (grey) {
                    out[to++] = (byte) (19595 * red + 38470 * green + 7471 * blue + 32768 >> 16);
                } else {
                    out[to++] = (byte) red;
                    out[to++] = (byte) green;
                    out[to++] = (byte) blue;
                }
            }
        }
        return allGrey;
    }

    /** Drops the low bits of 16-bit samples, widens those of less than 8 bits. */
    private static int toByte(int sample, int most) {
        return most == 255 ? sample : most == 65535 ? sample >> 8 : (int) (255L * sample / most);
    }
}

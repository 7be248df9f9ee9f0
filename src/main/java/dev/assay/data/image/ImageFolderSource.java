package dev.assay.data.image;

import dev.assay.analysis.InputException;
import dev.assay.data.source.ElementType;
import dev.assay.data.source.ImageOrder;
import dev.assay.data.source.Interruption;
import dev.assay.data.source.OptionReader;
import dev.assay.data.source.SampleReader;
import dev.assay.data.source.SampleSource;
import dev.assay.data.source.StoredForm;
import java.awt.image.BufferedImage;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;

/** The pictures of a folder. Each is opened when it is read. */
final class ImageFolderSource implements SampleSource {

    private final ImageListing listing;
    private final ImageDecoder decoder;

    private ImageFolderSource(ImageListing listing, ImageDecoder decoder) {
        this.listing = listing;
        this.decoder = decoder;
    }

    static ImageFolderSource open(OptionReader options) throws InputException {
        String colour = options.choice("colour", "auto", "grey", "rgb", "auto");
        var size = options.shape("size");
        if (size.isPresent() && size.get().length != 2) {
            throw options.wrong("size", "use WIDTHxHEIGHT, e.g. 32x32");
        }
        ImageListing listing = ImageListing.of(options);
        BufferedImage first = ImageDecoder.first(listing.file(0));
        boolean grey = colour.equals("auto") ? ImageDecoder.isGrey(first) : colour.equals("grey");
        int width = size.isPresent() ? size.get()[0] : first.getWidth();
        int height = size.isPresent() ? size.get()[1] : first.getHeight();
        return new ImageFolderSource(listing,
                new ImageDecoder(width, height, grey, colour.equals("auto"), size.isPresent()));
    }

    @Override
    public long count() {
        return listing.names().length;
    }

    @Override
    public StoredForm form() {
        int[] shape = decoder.grey()
                ? new int[] {decoder.height(), decoder.width()}
                : new int[] {decoder.height(), decoder.width(), 3};
        return new StoredForm(ElementType.U8, ByteOrder.BIG_ENDIAN, shape, ImageOrder.HWC);
    }

    @Override
    public List<String> classes() {
        return listing.classes();
    }

    @Override
    public List<Path> files() {
        int pictures = listing.names().length;
        return new AbstractList<>() {
            @Override
            public Path get(int index) {
                return index < pictures ? listing.file(index) : listing.classesFile().orElseThrow();
            }

            @Override
            public int size() {
                return listing.classesFile().isPresent() ? pictures + 1 : pictures;
            }
        };
    }

    @Override
    public SampleReader read(long first) {
        return new Reader((int) first);
    }

    @Override
    public void close() {
        // nothing stays open between pictures
    }

    private final class Reader implements SampleReader {

        private int next;

        Reader(int first) {
            next = first;
        }

        @Override
        public void read(byte[] block, int samples, int[] labels, int at) throws InputException {
            Interruption.check();
            int first = next;
            Exception[] problems = new Exception[samples];
            IntStream.range(0, samples).parallel().forEach(i -> {
                try {
                    decoder.decode(listing.file(first + i), block, i * decoder.bytes());
                } catch (InputException e) {
                    problems[i] = e;
                } catch (CancellationException e) {
                    problems[i] = e;
                }
            });
            for (Exception problem : problems) {
                if (problem instanceof InputException e) {
                    throw e;
                }
                if (problem instanceof CancellationException e) {
                    throw e;
                }
            }
            readLabels(samples, labels, at);
        }

        @Override
        public void readLabels(int samples, int[] labels, int at) {
            for (int i = 0; i < samples; i++) {
                labels[at + i] = listing.label(next + i);
            }
            next += samples;
        }

        @Override
        public void skip(long samples) {
            next += (int) samples;
        }

        @Override
        public void close() {
            // nothing stays open between pictures
        }
    }
}

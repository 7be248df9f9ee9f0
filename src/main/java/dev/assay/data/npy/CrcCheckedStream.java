package dev.assay.data.npy;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;

/** A zip member's content whose checksum is compared at the end, which {@link java.util.zip.ZipFile} leaves out. */
final class CrcCheckedStream extends CheckedInputStream {

    private final ZipEntry entry;

    CrcCheckedStream(InputStream in, ZipEntry entry) {
        super(in, new CRC32());
        this.entry = entry;
    }

    @Override
    public int read() throws IOException {
        int read = super.read();
        checkAt(read);
        return read;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int read = super.read(into, offset, length);
        checkAt(read);
        return read;
    }

    private void checkAt(int read) throws ZipException {
        if (read < 0 && entry.getCrc() >= 0 && entry.getCrc() != getChecksum().getValue()) {
            throw new ZipException("the checksum of " + entry.getName() + " is wrong");
        }
    }
}

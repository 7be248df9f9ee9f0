package dev.assay.data.npy;

import dev.assay.analysis.InputException;
import dev.assay.data.source.Damage;
import dev.assay.data.source.PackedBytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.ZipEntry;

/** An array in an archive. Closing it closes the archive, which belongs to one dataset. */
final class NpzMember extends PackedBytes {

    private final NpzArchive archive;
    private final ZipEntry entry;

    private NpzMember(NpzArchive archive, ZipEntry entry, long length) {
        super(archive.stamp(), length);
        this.archive = archive;
        this.entry = entry;
    }

    /**
     * A member that should unpack to that array.
     *
     * @throws InputException when its size does not fit the array's header
     */
    static NpzMember of(NpzArchive archive, String array, NpyHeader header) throws InputException {
        ZipEntry entry = archive.entry(array);
        long length = header.wholeBytes();
        Damage.checkUnpacked(archive.stamp().path(), length, Math.max(0, entry.getCompressedSize()));
        if (entry.getSize() != length) {
            throw new InputException(
                    "the array has " + entry.getSize() + " bytes where its header declares " + length,
                    archive.where(array),
                    "it was cut short or is made to deceive; save it again");
        }
        return new NpzMember(archive, entry, length);
    }

    @Override
    protected InputStream unpack() throws IOException {
        return archive.unpack(entry);
    }

    @Override
    public void close() {
        super.close();
        archive.close();
    }
}

package dev.assay.data.source;

import dev.assay.analysis.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** An unpacked file. */
public final class PlainBytes implements ByteSource {

    private final FileStamp stamp;

    /** A file as it is now. */
    public PlainBytes(FileStamp stamp) {
        this.stamp = stamp;
    }

    @Override
    public Path path() {
        return stamp.path();
    }

    @Override
    public long length() {
        return stamp.size();
    }

    @Override
    public InputStream open(long position) throws IOException, InputException {
        return Channels.newInputStream(openChannel().position(position));
    }

    @Override
    public SeekableByteChannel openChannel() throws IOException, InputException {
        stamp.check();
        return Files.newByteChannel(stamp.path());
    }

    @Override
    public void check() throws InputException {
        stamp.check();
    }

    @Override
    public void close() {
        // every stream and channel is closed by whoever opened it
    }
}

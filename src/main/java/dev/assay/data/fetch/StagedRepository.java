package dev.assay.data.fetch;

import ai.djl.repository.Artifact;
import ai.djl.repository.MRL;
import ai.djl.repository.Metadata;
import ai.djl.repository.RemoteRepository;
import ai.djl.util.Progress;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLConnection;
import java.nio.file.Path;

/**
 * DJL's dataset repository, with time limits on connections and with its files in a folder of ours. DJL 0.35 opens
 * dataset addresses whatever {@code ai.djl.offline} says, so the switch stays as it is for everything else.
 */
final class StagedRepository extends RemoteRepository {

    private static final int CONNECT_MS = 15_000;
    private static final int READ_MS = 30_000;

    private final Path staging;

    StagedRepository(URI address, Path staging) {
        super("datasets", address);
        this.staging = staging;
    }

    @Override
    public Path getCacheDirectory() {
        return staging;
    }

    @Override
    public Metadata locate(MRL mrl) throws IOException {
        // DJL's own request waits without end for a server that does not answer; this one finds that out first
        URI metadata = getBaseUri().resolve(mrl.toURI().getPath() + "/metadata.json");
        try (InputStream in = open(metadata)) {
            in.read();
        }
        return super.locate(mrl);
    }

    @Override
    protected void download(Path folder, URI base, Artifact.Item item, Progress progress) throws IOException {
        URI address = URI.create(item.getUri());
        if (!address.isAbsolute()) {
            address = getBaseUri().resolve(base).resolve(address);
        }
        try (InputStream in = new BufferedInputStream(open(address))) {
            save(in, folder, item, progress);
        }
    }

    private static InputStream open(URI address) throws IOException {
        URLConnection connection = address.toURL().openConnection();
        connection.setConnectTimeout(CONNECT_MS);
        connection.setReadTimeout(READ_MS);
        return connection.getInputStream();
    }
}

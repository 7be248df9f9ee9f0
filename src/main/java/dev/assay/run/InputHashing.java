package dev.assay.run;

import dev.assay.analysis.Input;
import dev.assay.analysis.Location;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BooleanSupplier;

/** SHA-256 of input files. */
public final class InputHashing {

    private static final int BUFFER = 1 << 16;

    private InputHashing() {}

    /**
     * Hashes an input's files.
     *
     * @param role the role it fills
     * @param location where it is
     * @param files its files in their fixed order
     * @param stop asked now and then; once it is true the hash stays empty
     */
    public static InputStamp stamp(String role, Location location, List<Path> files, BooleanSupplier stop) {
        List<InputStamp.FileStamp> stamps = new ArrayList<>();
        for (Path file : files) {
            try {
                long bytes = Files.size(file);
                String hash = hash(file, stop);
                if (hash.isEmpty()) {
                    return unknown(role, location);
                }
                stamps.add(new InputStamp.FileStamp(file.toString(), bytes, hash));
            } catch (IOException e) {
                return unknown(role, location);
            }
        }
        List<InputStamp.FileStamp> listed =
                stamps.size() == 1 || stamps.size() > InputStamp.MAX_FILES ? List.of() : stamps;
        String place = location.path().toString();
        for (InputStamp.FileStamp stamp : stamps) {
            if (stamp.path().equals(place)) {
                return new InputStamp(role, location, stamp.size(), stamp.sha256(), listed);
            }
        }
        return folder(role, location, stamps);
    }

    private static InputStamp unknown(String role, Location location) {
        return new InputStamp(role, location, -1, "", List.of());
    }

    private static InputStamp folder(String role, Location location, List<InputStamp.FileStamp> stamps) {
        MessageDigest all = sha256();
        long size = 0;
        for (InputStamp.FileStamp stamp : stamps) {
            String line = stamp.sha256() + "  " + relative(location.path(), stamp.path()) + "\n";
            all.update(line.getBytes(StandardCharsets.UTF_8));
            size += stamp.size();
        }
        return new InputStamp(
                role,
                location,
                size,
                HexFormat.of().formatHex(all.digest()),
                stamps.size() > InputStamp.MAX_FILES ? List.of() : stamps);
    }

    /** As above for an opened input. */
    static InputStamp stamp(String role, Input input, BooleanSupplier stop) {
        return stamp(role, input.location(), input.files(), stop);
    }

    private static String relative(Path root, String file) {
        Path path = root.resolve(file);
        Path shown = path.startsWith(root) ? root.relativize(path) : path;
        return shown.toString().replace('\\', '/');
    }

    /**
     * The SHA-256 of a file, lower-case hex; empty when stopped.
     *
     * @throws IOException when it cannot be read
     */
    public static String hash(Path file, BooleanSupplier stop) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                if (stop.getAsBoolean()) {
                    return "";
                }
                digest.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}

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
        MessageDigest all = sha256();
        long size = 0;
        String hash = "";
        for (Path file : files) {
            try {
                long bytes = Files.size(file);
                hash = hash(file, stop);
                if (hash.isEmpty()) {
                    return new InputStamp(role, location, -1, "", List.of());
                }
                size += bytes;
                all.update((hash + "  " + relative(location.path(), file) + "\n").getBytes(StandardCharsets.UTF_8));
                if (files.size() <= InputStamp.MAX_FILES) {
                    stamps.add(new InputStamp.FileStamp(file.toString(), bytes, hash));
                }
            } catch (IOException e) {
                return new InputStamp(role, location, -1, "", List.of());
            }
        }
        boolean one = files.size() == 1 && files.getFirst().equals(location.path());
        String total = one ? hash : HexFormat.of().formatHex(all.digest());
        return new InputStamp(role, location, size, total, one ? List.of() : stamps);
    }

    /** As above for an opened input. */
    static InputStamp stamp(String role, Input input, BooleanSupplier stop) {
        return stamp(role, input.location(), input.files(), stop);
    }

    private static String relative(Path root, Path file) {
        Path base = Files.isDirectory(root) ? root : root.getParent();
        Path shown = base != null && file.startsWith(base) ? base.relativize(file) : file;
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

package dev.assay.data.fetch;

import dev.assay.data.IdxFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A folder laid out as DJL's dataset repository is. */
final class FakeRepository {

    private FakeRepository() {}

    /** Puts a small MNIST there. */
    static Path mnist(Path root, String artifact) throws Exception {
        Map<String, byte[]> items = new LinkedHashMap<>();
        for (String part : new String[] {"train", "test"}) {
            int count = part.equals("train") ? 12 : 4;
            items.put(part + "_data", IdxFiles.bytes(new int[] {count, 28, 28}, IdxFiles.pixels(count * 784)));
            items.put(part + "_labels", IdxFiles.bytes(new int[] {count}, IdxFiles.labels(count, 4)));
        }
        return put(root, artifact, items, true);
    }

    /** Puts a small CIFAR-10 there. */
    static Path cifar(Path root) throws Exception {
        Map<String, byte[]> items = new LinkedHashMap<>();
        items.put("data_batch.bin", records(6));
        items.put("test_batch.bin", records(3));
        return put(root, "cifar10", items, false);
    }

    private static byte[] records(int count) {
        byte[] bytes = IdxFiles.pixels(count * 3073);
        for (int i = 0; i < count; i++) {
            bytes[i * 3073] = (byte) i;
        }
        return bytes;
    }

    /** Puts files there with their metadata. */
    static Path put(Path root, String artifact, Map<String, byte[]> items, boolean gzip)
            throws IOException, NoSuchAlgorithmException {
        Path folder = Files.createDirectories(
                root.resolve("dataset/cv/image_classification/ai/djl/basicdataset").resolve(artifact));
        Files.createDirectories(folder.resolve("1.0"));
        Map<String, String> described = new LinkedHashMap<>();
        for (Map.Entry<String, byte[]> item : items.entrySet()) {
            String name = item.getKey() + (gzip ? ".gz" : "");
            byte[] bytes = gzip ? IdxFiles.gzip(item.getValue()) : item.getValue();
            Files.write(folder.resolve("1.0").resolve(name), bytes);
            String sha1 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
            described.put(
                    item.getKey(),
                    "{\"uri\": \"1.0/" + name + "\", \"sha1Hash\": \"" + sha1 + "\", \"size\": " + bytes.length + "}");
        }
        String files = described.entrySet().stream()
                .map(e -> "\"" + e.getKey() + "\": " + e.getValue())
                .collect(Collectors.joining(", "));
        Files.writeString(
                folder.resolve("metadata.json"),
                """
                        {"metadataVersion": "0.2", "resourceType": "dataset", "application": "cv/image_classification",
                         "groupId": "ai.djl.basicdataset", "artifactId": "%s", "name": "%s",
                         "artifacts": [{"version": "1.0", "snapshot": false, "name": "%s", "files": {%s}}]}
                        """
                        .formatted(artifact, artifact, artifact, files));
        return folder;
    }
}

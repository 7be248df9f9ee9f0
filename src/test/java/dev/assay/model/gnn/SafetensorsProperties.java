package dev.assay.model.gnn;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever is in a file, it is read or refused with a sentence. */
class SafetensorsProperties {

    @Property(tries = 400)
    void changedBytesAreReadOrRefused(@ForAll long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] bytes = Safetensors.bytes(ExampleA.gcnWeights());
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            // Mostly in the header, where it matters.
            int at = random.nextInt(4) == 0 ? random.nextInt(bytes.length) : random.nextInt(600);
            bytes[at] = (byte) (random.nextBoolean() ? random.nextInt(256)
                    : "0123456789[]{},:\"-e".charAt(random
                            .nextInt(19)));
        }
        Path file = Files.createTempFile("changed", ".safetensors");
        try {
            Files.write(file, bytes);
            GnnWeights weights = Safetensors.read(file);
            weights.tensors().values().forEach(t -> {
                long count = 1;
                for (int d : t.shape()) {
                    count *= d;
                }
                assertThat(t.values().length).isEqualTo((int) count);
            });
        } catch (InputException e) {
            assertThat(e.getMessage()).contains(file.getFileName().toString());
        } finally {
            Files.delete(file);
        }
    }
}

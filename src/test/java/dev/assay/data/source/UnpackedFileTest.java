package dev.assay.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.InputStream;
import java.util.concurrent.CancellationException;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;

class UnpackedFileTest {

    private static final InputStream five() {
        return new ByteArrayInputStream(new byte[] {1, 2, 3, 4, 5});
    }

    @Test
    void holdsWhatWasUnpackedUntilItIsClosed() throws Exception {
        UnpackedFile file = UnpackedFile.of(five(), 5, () -> false);
        assertThat(file.path()).hasBinaryContent(new byte[] {1, 2, 3, 4, 5});
        file.close();
        assertThat(file.path()).doesNotExist();
    }

    @Test
    void tooLittleIsRefused() {
        assertThatThrownBy(() -> UnpackedFile.of(five(), 6, () -> false)).isInstanceOf(EOFException.class);
    }

    @Test
    void tooMuchIsRefused() {
        assertThatThrownBy(() -> UnpackedFile.of(five(), 4, () -> false)).isInstanceOf(ZipException.class);
    }

    @Test
    void moreThanTheDiskHoldsIsRefused() {
        assertThatThrownBy(() -> UnpackedFile.of(five(), Long.MAX_VALUE, () -> false))
                .hasMessageContaining("are free");
    }

    @Test
    void closingTheDatasetStopsIt() {
        assertThatThrownBy(() -> UnpackedFile.of(five(), 5, () -> true)).isInstanceOf(CancellationException.class);
    }

    @Test
    void interruptingTheThreadStopsIt() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> UnpackedFile.of(five(), 5, () -> false)).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
    }
}

package dev.assay;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator.ExecutionStatus;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoggingTest {

    @TempDir
    Path folder;

    private final LoggerContext log = new LoggerContext();

    @AfterEach
    void stop() {
        log.stop();
        List.of("assay.log.level", "assay.log.libraries", "assay.log.folder").forEach(System::clearProperty);
    }

    @Test
    void theWindowWritesWhatIsOfNoteIntoItsFolder() throws IOException {
        Logging.ofWindow(false, folder);
        assertThat(configure()).isEqualTo(ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY);
        log.getLogger("dev.assay.run.Queue").info("a run began");
        log.getLogger("dev.assay.run.Queue").debug("a detail");
        log.getLogger("ai.djl.engine").info("a library's remark");
        log.getLogger("ai.djl.engine").warn("a library's warning");
        assertThat(folder.resolve("assay.log")).content()
                .contains("a run began", "a library's warning")
                .doesNotContain("a detail", "remark");
    }

    @Test
    void detailsAreLoggedWhenAskedFor() throws IOException {
        Logging.ofWindow(true, folder);
        configure();
        log.getLogger("dev.assay.run.Queue").debug("a detail");
        assertThat(Files.readString(folder.resolve("assay.log"))).contains("DEBUG").contains("a detail");
    }

    @Test
    void commandsAreSilentUnlessAsked() {
        Logging.ofCommand(false);
        configure();
        assertThat(log.getLogger("dev.assay.run.Queue").isEnabledFor(Level.ERROR)).isFalse();
        assertThat(log.getLogger("ai.djl.engine").isEnabledFor(Level.ERROR)).isFalse();
        log.reset();
        List.of("assay.log.level", "assay.log.libraries").forEach(System::clearProperty);
        Logging.ofCommand(true);
        configure();
        assertThat(log.getLogger("dev.assay.run.Queue").isDebugEnabled()).isTrue();
        assertThat(log.getLogger("ai.djl.engine").isInfoEnabled()).isFalse();
        assertThat(log.getLogger("ai.djl.engine").isWarnEnabled()).isTrue();
    }

    @Test
    void programsOfOthersLogInTheirOwnWay() {
        assertThat(configure()).isEqualTo(ExecutionStatus.INVOKE_NEXT_IF_ANY);
    }

    private ExecutionStatus configure() {
        log.setMDCAdapter(new LogbackMDCAdapter());
        log.start();
        Logging logging = new Logging();
        logging.setContext(log);
        return logging.configure(log);
    }
}

package dev.assay;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.filter.ThresholdFilter;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.rolling.FixedWindowRollingPolicy;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeBasedTriggeringPolicy;
import ch.qos.logback.core.spi.ContextAwareBase;
import ch.qos.logback.core.util.FileSize;
import java.nio.file.Path;

/**
 * How Assay logs. Commands say themselves what went wrong, so the log is silent unless it is asked for; the window writes
 * everything of note into a file of the user's state folder, which the Help menu leads to. Made by Logback; in code and not in
 * a file, since reading its XML takes a quarter of a second of every start. A file given by
 * {@code -Dlogback.configurationFile} comes first, and whoever does not start through {@link Assay} logs in their own way.
 */
public final class Logging extends ContextAwareBase implements Configurator {

    private static final String LEVEL = "assay.log.level";
    private static final String LIBRARIES = "assay.log.libraries";
    private static final String FOLDER = "assay.log.folder";
    private static final String LARGEST = "5MB";
    private static final int FILES = 3;

    /** Of a command. Before any class with a logger is touched, since the log reads this once. */
    static void ofCommand(boolean debug) {
        prepare(debug ? Level.DEBUG : Level.OFF, debug ? Level.WARN : Level.OFF);
    }

    /** Of the window, whose log lies in a folder. Before any class with a logger is touched, since the log reads this once. */
    static void ofWindow(boolean debug, Path folder) {
        prepare(debug ? Level.DEBUG : Level.INFO, Level.WARN);
        System.setProperty(FOLDER, folder.toString());
    }

    private static void prepare(Level level, Level libraries) {
        if (System.getProperty(LEVEL) == null) {
            System.setProperty(LEVEL, level.levelStr);
        }
        System.setProperty(LIBRARIES, libraries.levelStr);
    }

    @Override
    public ExecutionStatus configure(LoggerContext log) {
        String level = System.getProperty(LEVEL);
        if (level == null || System.getProperty("logback.configurationFile") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        log.getLogger("dev.assay").setLevel(Level.toLevel(level));
        Logger root = log.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.toLevel(System.getProperty(LIBRARIES)));
        String folder = System.getProperty(FOLDER);
        root.addAppender(console(log, folder == null ? Level.ALL : Level.ERROR));
        if (folder != null) {
            root.addAppender(file(log, folder));
        }
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static Appender<ILoggingEvent> console(LoggerContext log, Level from) {
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        console.setContext(log);
        console.setName("console");
        console.setTarget("System.err");
        console.setEncoder(encoder(log, "%d{HH:mm:ss.SSS} %-5level [%thread] %logger{24} - %msg%n"));
        ThresholdFilter filter = new ThresholdFilter();
        filter.setLevel(from.levelStr);
        filter.start();
        console.addFilter(filter);
        console.start();
        return console;
    }

    private static Appender<ILoggingEvent> file(LoggerContext log, String folder) {
        RollingFileAppender<ILoggingEvent> file = new RollingFileAppender<>();
        file.setContext(log);
        file.setName("file");
        file.setFile(folder + "/assay.log");
        file.setEncoder(encoder(log, "%d{yyyy-MM-dd HH:mm:ss.SSS} %-5level [%thread] %logger{36} - %msg%n"));
        FixedWindowRollingPolicy rolling = new FixedWindowRollingPolicy();
        rolling.setContext(log);
        rolling.setParent(file);
        rolling.setFileNamePattern(folder + "/assay.%i.log");
        rolling.setMinIndex(1);
        rolling.setMaxIndex(FILES);
        rolling.start();
        SizeBasedTriggeringPolicy<ILoggingEvent> size = new SizeBasedTriggeringPolicy<>();
        size.setContext(log);
        size.setMaxFileSize(FileSize.valueOf(LARGEST));
        size.start();
        file.setRollingPolicy(rolling);
        file.setTriggeringPolicy(size);
        file.start();
        return file;
    }

    private static PatternLayoutEncoder encoder(LoggerContext log, String pattern) {
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(log);
        encoder.setPattern(pattern);
        encoder.start();
        return encoder;
    }
}

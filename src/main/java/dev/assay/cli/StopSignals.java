package dev.assay.cli;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Ctrl+C and a plain kill while a run is at work. They are heard as signals and not by a shutdown hook: while the Java machine
 * shuts down, libraries that want a hook of their own fail, those that draw charts for one. After the first signal the usual
 * handlers are back, so that a second one ends the program at once.
 */
final class StopSignals implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);

    /** A handler and what it is to hear. */
    private record Usual(Signal signal, SignalHandler handler) {}

    private final List<Usual> usual = new ArrayList<>();

    /**
     * Begins to hear them.
     *
     * @param stop what the first signal does, on a thread of the Java machine; must return quickly
     */
    StopSignals(Runnable stop) {
        for (String name : new String[] {"INT", "TERM", "HUP"}) {
            try {
                Signal signal = new Signal(name);
                usual.add(new Usual(signal, Signal.handle(signal, heard -> {
                    close();
                    stop.run();
                })));
            } catch (IllegalArgumentException e) {
                LOG.debug("there is no signal {} here, or the Java machine keeps it", name, e);
            }
        }
    }

    @Override
    public synchronized void close() {
        for (Usual one : usual) {
            Signal.handle(one.signal(), one.handler());
        }
        usual.clear();
    }
}

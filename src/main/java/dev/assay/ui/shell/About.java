package dev.assay.ui.shell;

import dev.assay.run.Environment;
import dev.assay.text.Numbers;
import dev.assay.ui.Texts;
import dev.assay.ui.shell.jobs.Memory;

/** Versions and machine in words. */
final class About {

    private About() {}

    /** One line a fact, for the about dialog and for copied details. Reads small files. */
    static String environment() {
        Environment e = Environment.detect();
        Memory memory = Memory.now();
        StringBuilder text = new StringBuilder();
        text.append("Assay ").append(e.assay()).append('\n');
        text.append("Java ").append(e.java()).append('\n');
        text.append("JavaFX ").append(System.getProperty("javafx.runtime.version", "?")).append('\n');
        text.append(Texts.of("about.system", e.os())).append('\n');
        text.append(Texts.of("about.processor", e.cpu())).append('\n');
        text.append(Texts.of("memory.heap", Numbers.bytes(memory.heapUsed()), Numbers.bytes(memory.heapMax())));
        e.libraries().forEach((name, version) -> text.append('\n').append(name).append(' ').append(version));
        return text.toString();
    }
}

package dev.assay.cli;

import dev.assay.run.Catalogue;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;

/** A program in which a library of C and one of Java print lines of their own beside Assay's JSON. */
final class NoisyProgram {

    private NoisyProgram() {}

    public static void main(String[] arguments) throws Throwable {
        Console console = Console.systemForJson();
        Linker linker = Linker.nativeLinker();
        MethodHandle puts = linker.downcallHandle(
                linker.defaultLookup().findOrThrow("puts"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS));
        try (Arena arena = Arena.ofConfined()) {
            int ignored = (int) puts.invokeExact(arena.allocateFrom("a line of C"));
        }
        System.out.println("a line of Java");
        console.out().println("grüße " + "1".repeat(300_000));
        Catalogue none = new Catalogue(List.of(), List.of());
        System.exit(new CommandLineApp(console, () -> none, w -> {}, false).run("analyses", "--json"));
    }
}

package dev.assay.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.text.Numbers;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says what works on this machine and what does not, and why. */
@Command(
        name = "doctor",
        description = "Say what works on this machine and what does not, and why: versions, devices, libraries, memory.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    private final AssayCommand root;

    @Option(names = "--json", description = "Write JSON.")
    private boolean json;

    DoctorCommand(AssayCommand root) {
        this.root = root;
    }

    @Override
    public Integer call() {
        List<Check.Finding> findings = Check.all(root.catalogue());
        if (json) {
            ObjectMapper mapper = new ObjectMapper();
            ObjectNode node = mapper.createObjectNode();
            node.put("works", findings.stream().allMatch(Check.Finding::works));
            for (Check.Finding finding : findings) {
                ObjectNode one = node.withArray("checks").addObject();
                one.put("what", finding.what());
                one.put("works", finding.works());
                one.put("text", finding.text());
                one.put("seconds", finding.seconds());
            }
            root.console().print(mapper, node);
        } else {
            findings.forEach(f -> print(f, root.console().out()));
        }
        return ExitCode.DONE;
    }

    private static void print(Check.Finding finding, PrintStream out) {
        String time = finding.seconds() < 0.05 ? "" : "  (" + Numbers.duration(finding.seconds()) + ")";
        out.printf(
                "%-5s %-18s %s%n",
                finding.works() ? "ok" : "FAILS",
                finding.what(),
                Console.plain(finding.text() + time));
    }
}

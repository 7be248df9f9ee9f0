package dev.assay.analyses.nap.verify;

import dev.assay.analyses.nap.verify.search.Verdict;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.RunContext;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Table;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How a batch of properties stands: a table by network, and {@code results.csv} in the form of the verification competition,
 * {@code category,network,property,prepare_seconds,result,seconds} without a header. Both are whole after every
 * instance, so that a batch that is stopped keeps them.
 */
final class Tally {

    private static final String FILE = "results.csv";

    private final RunContext context;
    private final Map<String, List<Answered>> byNetwork = new LinkedHashMap<>();
    private final StringBuilder lines = new StringBuilder();

    Tally(RunContext context) {
        this.context = context;
    }

    /**
     * Adds an instance.
     *
     * @param network name of the network's file
     * @param prepared seconds that reading the network took
     */
    void add(String network, double prepared, Answered a) throws AnalysisException {
        byNetwork.computeIfAbsent(network, n -> new ArrayList<>()).add(a);
        if (a.question().slack().isEmpty()) {
            line(network, prepared, a);
        }
        context.emit(table());
        context.log(network + ", " + a.question().reference() + ": " + a.verdict()
                + (a.reason().isEmpty() ? "" : " (" + a.reason() + ")")
                + String.format(Locale.ROOT, ", %.1f s", a.seconds()));
    }

    /** The competition has no patterns, so only properties as they are get a line. */
    private void line(String network, double prepared, Answered a) throws AnalysisException {
        lines.append(String.join(
                ",",
                "assay",
                quoted(network),
                quoted(a.question().reference()),
                String.format(Locale.ROOT, "%.3f", prepared),
                result(a),
                String.format(Locale.ROOT, "%.3f", a.seconds())));
        lines.append('\n');
        CounterexampleFiles.write(
                context.artifacts().resolve(FILE), lines.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static String quoted(String name) {
        return name.matches("[^,\"\\r\\n]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    /** The competition's words: of the unsafe set, not of the property. */
    private static String result(Answered a) {
        return switch (a.verdict()) {
            case VERIFIED, EMPTY -> "unsat";
            case FALSIFIED -> "sat";
            case UNKNOWN -> a.reason().equals("timeout") ? "timeout" : "unknown";
        };
    }

    private Table table() {
        Table.Builder table = new Table.Builder(
                "networks",
                "Verdicts by network",
                List.of(
                        Column.text("network", "Network"),
                        Column.integer("instances", "Instances"),
                        Column.integer("verified", "Verified"),
                        Column.integer("falsified", "Falsified"),
                        Column.integer("empty_region", "Empty region"),
                        Column.integer("unknown", "Unknown"),
                        Column.real("median_seconds", "Median time", "s"),
                        Column.real("longest_seconds", "Longest", "s"),
                        Column.real("seconds", "All", "s")));
        byNetwork.forEach((network, all) -> {
            double[] seconds = all.stream().mapToDouble(Answered::seconds).sorted().toArray();
            int n = seconds.length;
            table.add(
                    network,
                    (long) n,
                    count(all, Verdict.VERIFIED),
                    count(all, Verdict.FALSIFIED),
                    count(all, Verdict.EMPTY),
                    count(all, Verdict.UNKNOWN),
                    (seconds[(n - 1) / 2] + seconds[n / 2]) / 2,
                    seconds[n - 1],
                    Arrays.stream(seconds).sum());
        });
        return table.snapshot();
    }

    private static long count(List<Answered> all, Verdict verdict) {
        return all.stream().filter(a -> a.verdict() == verdict).count();
    }
}

package dev.assay.run;

import dev.assay.analysis.Analysis;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.ParameterDescriptor;
import dev.assay.analysis.ParameterSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Many runs of one analysis on the same inputs: a parameter over some values, crossed with seeds. A sweep is a run of its
 * own ({@link #request()}), which executes its members one after the other and whose results sum theirs up; each member
 * is a run with results and provenance. A member's id is its sweep's id, a dot and its number.
 *
 * @param base what all members have in common; its own value of the parameter and its own seed do not matter
 * @param parameter name of the parameter, or empty when only the seed differs
 * @param values texts of the parameter in the order of the members; empty when there is no parameter
 * @param seeds at least one
 */
public record Sweep(RunRequest base, String parameter, List<String> values, List<Long> seeds) {

    /** Stands in place of an analysis's id in the request of a sweep. */
    public static final String ID = "sweep";

    /** Most members of a sweep. */
    public static final int MOST = 1_000;

    private static final String ANALYSIS = "sweep.analysis";
    private static final String PARAMETER = "sweep.parameter";
    private static final String VALUES = "sweep.values";
    private static final String SEEDS = "sweep.seeds";
    private static final String SEPARATOR = ";";

    /**
     * A run of a sweep.
     *
     * @param number from 1
     * @param value the parameter's text; empty when there is no parameter
     */
    public record Member(int number, String value, long seed, RunRequest request) {}

    /** Copies the lists. */
    public Sweep {
        values = List.copyOf(values);
        seeds = List.copyOf(seeds);
    }

    /** Whether a request is that of a sweep. */
    public static boolean is(RunRequest request) {
        return request.analysis().equals(ID);
    }

    /** The id of the sweep that a run belongs to. */
    public static Optional<String> ofMember(String runId) {
        int dot = runId.lastIndexOf('.');
        return dot < 0 ? Optional.empty() : Optional.of(runId.substring(0, dot));
    }

    /** The number of a run within its sweep, from 1; empty when it belongs to none. */
    public static Optional<Integer> numberOf(String runId) {
        int dot = runId.lastIndexOf('.');
        return dot < 0 ? Optional.empty() : Optional.of(Integer.valueOf(runId.substring(dot + 1)));
    }

    /** The id of a member. */
    static String memberId(String sweepId, int number) {
        return sweepId + "." + String.format("%04d", number);
    }

    /** The analysis that a request runs: that of the members for a sweep. */
    public static String analysisOf(RunRequest request) {
        return is(request) ? request.parameters().getOrDefault(ANALYSIS, "") : request.analysis();
    }

    /**
     * Reads the sweep from its request.
     *
     * @throws AnalysisException when it is damaged
     */
    public static Sweep of(RunRequest request) throws AnalysisException {
        Map<String, String> rest = new LinkedHashMap<>(request.parameters());
        String analysis = rest.remove(ANALYSIS);
        String parameter = rest.remove(PARAMETER);
        String values = rest.remove(VALUES);
        String seeds = rest.remove(SEEDS);
        if (analysis == null || parameter == null || values == null || seeds == null) {
            throw new AnalysisException("the sweep does not say what it runs", ID, "set it up again");
        }
        RunRequest base = new RunRequest(
                analysis, request.inputs(), rest, request.seed(), request.device(), request.threads());
        List<String> list = parameter.isEmpty() ? List.of() : List.of(values.split(SEPARATOR, -1));
        return new Sweep(base, parameter, list, SweepText.seeds(seeds));
    }

    /** The sweep as a run's request. */
    public RunRequest request() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(ANALYSIS, base.analysis());
        all.put(PARAMETER, parameter);
        all.put(VALUES, String.join(SEPARATOR, values));
        all.put(SEEDS, seeds.stream().map(String::valueOf).collect(Collectors.joining(",")));
        base.parameters().forEach((name, value) -> {
            if (!name.equals(parameter)) {
                all.put(name, value);
            }
        });
        return new RunRequest(ID, base.inputs(), all, seeds.getFirst(), base.device(), base.threads());
    }

    /** The members: for each value in turn all seeds. */
    public List<Member> members() {
        List<Member> members = new ArrayList<>();
        for (String value : parameter.isEmpty() ? List.of("") : values) {
            Map<String, String> parameters = new LinkedHashMap<>(base.parameters());
            if (!parameter.isEmpty()) {
                parameters.put(parameter, value);
            }
            for (long seed : seeds) {
                RunRequest request = new RunRequest(
                        base.analysis(), base.inputs(), parameters, seed, base.device(), base.threads());
                members.add(new Member(members.size() + 1, value, seed, request));
            }
        }
        return members;
    }

    /** How many runs it is. */
    public int size() {
        return Math.max(1, values.size()) * seeds.size();
    }

    /**
     * Checks everything that can be checked before a run starts.
     *
     * @throws AnalysisException naming the first problem
     */
    public void check(Analysis<?> analysis) throws AnalysisException {
        if (!parameter.isEmpty()) {
            if (descriptor(analysis).isEmpty()) {
                List<String> names = ParameterSet.of(analysis.parameters()).descriptors().stream()
                        .map(ParameterDescriptor::name)
                        .toList();
                throw new AnalysisException(
                        "there is no parameter '" + parameter + "'", base.analysis(),
                        NearestNames.hint(parameter, names));
            }
            if (values.isEmpty()) {
                throw new AnalysisException("no value is given for '" + parameter + "'", ID, "give two or more");
            }
        }
        if (seeds.isEmpty()) {
            throw new AnalysisException("no seed is given", ID, "give one or more");
        }
        if (size() < 2) {
            throw new AnalysisException(
                    "this is a single run, not a sweep", ID, "give several values or several seeds");
        }
        if (size() > MOST) {
            throw new AnalysisException(
                    "these are " + size() + " runs", ID, "give values and seeds for " + MOST + " at most");
        }
        for (Member member : members()) {
            try {
                RequestCheck.check(analysis, member.request());
            } catch (AnalysisException e) {
                throw parameter.isEmpty()
                        ? e
                        : new AnalysisException(e.what(), parameter + "=" + member.value(), e.mend(), e);
            }
        }
    }

    /** The parameter's description; empty when there is none. */
    Optional<ParameterDescriptor> descriptor(Analysis<?> analysis) {
        return ParameterSet.of(analysis.parameters()).descriptor(parameter);
    }

    /** Its name for the user. */
    String title(String analysisTitle) {
        return "Sweep of " + analysisTitle + " over " + (parameter.isEmpty() ? "seeds" : parameter);
    }
}

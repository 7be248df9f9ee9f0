package dev.assay.cli;

import dev.assay.analysis.Analysis;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.analysis.ParameterSet;
import dev.assay.run.Catalogue;
import dev.assay.run.RequestCheck;
import dev.assay.run.RunRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The words that say what is run on what; shared by the commands that run analyses. */
final class RequestWords {

    @Parameters(index = "0", paramLabel = "ANALYSIS", description = "Its id; 'assay analyses' lists them.")
    private String id;

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "ROLE=PATH",
            description = "An input; reading options as PATH?key=value&key=value.")
    private List<String> inputs = new ArrayList<>();

    @Option(
            names = {"-p", "--parameter"},
            paramLabel = "NAME=VALUE",
            description = "A parameter; 'assay describe ANALYSIS' lists them.")
    private List<String> parameters = new ArrayList<>();

    @Option(
            names = "--device",
            defaultValue = "auto",
            paramLabel = "DEVICE",
            description = "cpu, gpu, auto (the default), all, or ids of devices joined by +; 'assay doctor' lists them.")
    private String device;

    @Option(names = "--threads", paramLabel = "N", description = "Threads to use; all of the processor's by default.")
    private Integer threads;

    /** The analysis that is named. */
    Analysis<?> analysis(Catalogue catalogue) throws UsageException {
        return analysis(catalogue, id);
    }

    static Analysis<?> analysis(Catalogue catalogue, String id) throws UsageException {
        try {
            return catalogue.analysis(id);
        } catch (AnalysisException e) {
            throw new UsageException(e.getMessage());
        }
    }

    /** The request that the words stand for, every parameter filled in. */
    RunRequest request(Catalogue catalogue, long seed) throws UsageException, AnalysisException {
        Analysis<?> analysis = analysis(catalogue);
        RunRequest given = new RunRequest(
                id,
                locations(),
                pairs(parameters, "-p NAME=VALUE, e.g. -p slack=0.01"),
                seed,
                device,
                threads == null ? Runtime.getRuntime().availableProcessors() : threads);
        try {
            RequestCheck.checkForm(analysis, given);
        } catch (AnalysisException e) {
            throw new UsageException(e.getMessage());
        }
        return new RunRequest(
                id,
                given.inputs(),
                filled(ParameterSet.of(analysis.parameters()), given.parameters()),
                seed,
                device,
                given.threads());
    }

    private static <P extends Record> Map<String, String> filled(ParameterSet<P> set, Map<String, String> given)
            throws AnalysisException {
        return set.toText(set.parse(given));
    }

    private Map<String, List<Location>> locations() throws UsageException, InputException {
        Map<String, List<Location>> locations = new LinkedHashMap<>();
        for (String input : inputs) {
            int equals = input.indexOf('=');
            if (equals <= 0 || equals == input.length() - 1) {
                throw new UsageException("'" + input + "' is no input; write ROLE=PATH, e.g. model=net.onnx");
            }
            locations
                    .computeIfAbsent(input.substring(0, equals), r -> new ArrayList<>())
                    .add(Location.parse(input.substring(equals + 1)));
        }
        return locations;
    }

    /** Names and values of words with an equals sign between. */
    static Map<String, String> pairs(List<String> words, String form) throws UsageException {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String parameter : words) {
            int equals = parameter.indexOf('=');
            if (equals <= 0) {
                throw new UsageException("'" + parameter + "' is no parameter; write " + form);
            }
            String name = parameter.substring(0, equals);
            if (pairs.put(name, parameter.substring(equals + 1)) != null) {
                throw new UsageException("the parameter '" + name + "' is given twice");
            }
        }
        return pairs;
    }
}

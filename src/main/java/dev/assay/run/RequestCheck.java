package dev.assay.run;

import dev.assay.analysis.Analysis;
import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.InputRole;
import dev.assay.analysis.Location;
import dev.assay.analysis.ParameterDescriptor;
import dev.assay.analysis.ParameterSet;
import java.util.List;
import java.util.Map;

/** Checks a request against what its analysis declares, before any file is touched. */
public final class RequestCheck {

    private static final String ONE_DEVICE = "(cpu|gpu|(gpu|opencl):\\d+)";
    private static final String DEVICES = "auto|all|" + ONE_DEVICE + "(\\+" + ONE_DEVICE + ")*";

    private RequestCheck() {}

    /**
     * Checks everything.
     *
     * @throws AnalysisException naming the first problem
     */
    public static void check(Analysis<?> analysis, RunRequest request) throws AnalysisException {
        checkForm(analysis, request);
        ParameterSet.of(analysis.parameters()).parse(request.parameters());
    }

    /**
     * Checks names of roles and parameters, that no required role is empty, device and threads, but no values of
     * parameters.
     *
     * @throws AnalysisException naming the first problem and the nearest right name
     */
    public static void checkForm(Analysis<?> analysis, RunRequest request) throws AnalysisException {
        String id = analysis.info().id();
        List<String> names =
                analysis.inputs().roles().stream().map(InputRole::name).toList();
        for (Map.Entry<String, List<Location>> entry : request.inputs().entrySet()) {
            InputRole role = analysis.inputs()
                    .role(entry.getKey())
                    .orElseThrow(() -> new AnalysisException(
                            "there is no input '" + entry.getKey() + "'", id,
                            NearestNames.hint(entry.getKey(), names)));
            if (entry.getValue().size() > 1 && !role.repeatable()) {
                throw new AnalysisException(
                        "the input '" + role.name() + "' is given " + entry.getValue().size() + " times",
                        id,
                        "give it once");
            }
        }
        for (InputRole role : analysis.inputs().roles()) {
            if (role.required()
                    && request.inputs().getOrDefault(role.name(), List.of()).isEmpty()) {
                throw new AnalysisException(
                        "the input '" + role.name() + "' is missing (" + role.help() + ")",
                        id,
                        "give it as " + role.name() + "=PATH");
            }
        }
        checkParameterNames(analysis, request);
        if (request.threads() < 1) {
            throw new AnalysisException(request.threads() + " threads cannot run anything", id, "give 1 or more");
        }
        if (!request.device().matches(DEVICES)) {
            throw new AnalysisException(
                    "there is no device '" + request.device() + "'",
                    id,
                    "give cpu, gpu, auto, all or devices that 'assay doctor' lists, joined by +");
        }
    }

    private static void checkParameterNames(Analysis<?> analysis, RunRequest request) throws AnalysisException {
        List<String> known = ParameterSet.of(analysis.parameters()).descriptors().stream()
                .map(ParameterDescriptor::name)
                .toList();
        for (String name : request.parameters().keySet()) {
            if (!known.contains(name)) {
                throw new AnalysisException(
                        "there is no parameter '" + name + "'",
                        analysis.info().id(),
                        NearestNames.hint(name, known));
            }
        }
    }
}

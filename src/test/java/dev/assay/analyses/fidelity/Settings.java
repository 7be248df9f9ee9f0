package dev.assay.analyses.fidelity;

import dev.assay.analysis.AnalysisException;
import dev.assay.analysis.ParameterSet;
import java.util.LinkedHashMap;
import java.util.Map;

/** Parameters from texts, as the command line gives them. */
final class Settings {

    private Settings() {}

    static RobustFidelityParameters robust(String... pairs) throws AnalysisException {
        return ParameterSet.of(RobustFidelityParameters.class).parse(map(pairs));
    }

    static DegradationStudyParameters study(String... pairs) throws AnalysisException {
        return ParameterSet.of(DegradationStudyParameters.class).parse(map(pairs));
    }

    static GnnExplanationsParameters explanations(String... pairs) throws AnalysisException {
        return ParameterSet.of(GnnExplanationsParameters.class).parse(map(pairs));
    }

    private static Map<String, String> map(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            map.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return map;
    }
}

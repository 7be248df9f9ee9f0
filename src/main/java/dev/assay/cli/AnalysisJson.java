package dev.assay.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.assay.analysis.Analysis;
import dev.assay.analysis.InputKind;
import dev.assay.analysis.InputRole;
import dev.assay.analysis.Parameter;
import dev.assay.analysis.ParameterDescriptor;
import dev.assay.analysis.ParameterSet;
import dev.assay.run.Catalogue;

/** What an analysis declares, as JSON. */
final class AnalysisJson {

    private final Catalogue catalogue;

    AnalysisJson(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** An analysis with inputs and parameters; everything in text is for the user. */
    ObjectNode of(Analysis<?> analysis, ObjectMapper mapper) {
        ObjectNode node = mapper.createObjectNode();
        node.put("id", analysis.info().id());
        node.put("title", analysis.info().title());
        node.put("family", analysis.info().family());
        node.put("question", analysis.info().question());
        node.put("citation", analysis.info().citation());
        ArrayNode inputs = node.putArray("inputs");
        for (InputRole role : analysis.inputs().roles()) {
            ObjectNode input = inputs.addObject();
            input.put("role", role.name());
            input.put("label", role.label());
            input.put("required", role.required());
            input.put("repeatable", role.repeatable());
            input.put("help", role.help());
            ArrayNode kinds = input.putArray("kinds");
            catalogue.kindsFor(role.type()).stream().map(InputKind::id).forEach(kinds::add);
        }
        ArrayNode parameters = node.putArray("parameters");
        for (ParameterDescriptor descriptor : ParameterSet.of(analysis.parameters()).descriptors()) {
            parameter(descriptor, parameters.addObject());
        }
        return node;
    }

    private static void parameter(ParameterDescriptor descriptor, ObjectNode node) {
        Parameter annotation = descriptor.annotation();
        node.put("name", descriptor.name());
        node.put("label", descriptor.label());
        node.put("type", type(descriptor));
        node.put("default", descriptor.defaultText());
        node.put("help", descriptor.help());
        node.put("unit", annotation.unit());
        if (!annotation.min().isEmpty()) {
            node.put("min", annotation.min());
        }
        if (!annotation.max().isEmpty()) {
            node.put("max", annotation.max());
            node.put("maxExclusive", annotation.maxExclusive());
        }
        if (!descriptor.choices().isEmpty()) {
            descriptor.choices().forEach(node.putArray("choices")::add);
        }
        node.put("advanced", annotation.advanced());
    }

    /** {@code integer}, {@code real}, {@code exact}, {@code text}, {@code boolean} or {@code choice}. */
    static String type(ParameterDescriptor descriptor) {
        Class<?> type = descriptor.elementType();
        String name = type.isEnum()
                ? "choice"
                : switch (type.getSimpleName()) {
                    case "int", "long", "Integer", "Long" -> "integer";
                    case "double", "Double" -> "real";
                    case "boolean", "Boolean" -> "boolean";
                    case "Exact" -> "exact";
                    default -> "text";
                };
        return descriptor.isList() ? "list of " + name : name;
    }
}

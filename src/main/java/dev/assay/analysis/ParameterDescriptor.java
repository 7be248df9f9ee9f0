package dev.assay.analysis;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;

/**
 * A parameter as forms, command line and JSON see it.
 *
 * @param name public name, lowerCamelCase
 * @param type the component's class ({@code List} for lists)
 * @param elementType the class of a list's elements, else {@code type}
 * @param defaultText the default as text
 * @param annotation label, help, unit, range
 */
public record ParameterDescriptor(
        String name, Class<?> type, Class<?> elementType, String defaultText, Parameter annotation) {

    static ParameterDescriptor of(RecordComponent component, Object defaultValue) {
        Parameter annotation = component.getAnnotation(Parameter.class);
        if (annotation == null) {
            throw new IllegalArgumentException(component.getDeclaringRecord().getSimpleName() + "."
                    + component.getName() + " has no @Parameter");
        }
        Class<?> type = component.getType();
        Class<?> element = type == List.class ? ParameterText.elementType(component) : type;
        return new ParameterDescriptor(
                component.getName(), type, element, ParameterText.format(defaultValue), annotation);
    }

    /** Name for the user. */
    public String label() {
        return annotation.label();
    }

    /** What it does. */
    public String help() {
        return annotation.help();
    }

    /** The texts it can take when it is one of a few, else empty. */
    public List<String> choices() {
        return ParameterText.choices(elementType);
    }

    /** Whether a text stands for the default, however it is written. */
    public boolean isDefault(String text) {
        try {
            return ParameterText.parse(this, text).equals(ParameterText.parse(this, defaultText));
        } catch (IllegalArgumentException e) {
            return text.equals(defaultText);
        }
    }

    /** Whether its value is a comma-separated list. */
    public boolean isList() {
        return type == List.class;
    }

    /** The range in words, e.g. {@code 0 <= slack < 0.5}, or empty when there is none. */
    public String range() {
        String low = annotation.min().isEmpty() ? "" : annotation.min() + " <= ";
        String high = annotation.max().isEmpty()
                ? ""
                : (annotation.maxExclusive() ? " < " : " <= ") + annotation.max();
        return low.isEmpty() && high.isEmpty() ? "" : low + name + high;
    }

    /**
     * Checks one value.
     *
     * @param text as the user wrote it
     * @return what is wrong, or empty
     */
    public Optional<ParameterProblem> check(String text) {
        try {
            for (Object element : ParameterText.elements(this, ParameterText.parse(this, text))) {
                Optional<String> outside = outOfRange(element);
                if (outside.isPresent()) {
                    return Optional.of(new ParameterProblem(name, outside.get()));
                }
            }
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.of(new ParameterProblem(name, e.getMessage()));
        }
    }

    private Optional<String> outOfRange(Object value) {
        if (value instanceof Double d && !Double.isFinite(d)) {
            return Optional.of("it must be a finite number");
        }
        if (!(value instanceof Number) && !(value instanceof Exact)) {
            return Optional.empty();
        }
        Exact exact = value instanceof Exact e ? e : Exact.parse(value.toString());
        boolean low = !annotation.min().isEmpty() && exact.compareTo(Exact.parse(annotation.min())) < 0;
        int toMax = annotation.max().isEmpty() ? -1 : exact.compareTo(Exact.parse(annotation.max()));
        if (low || toMax > 0 || (toMax == 0 && annotation.maxExclusive())) {
            return Optional.of(value + " is out of range; " + range() + " is needed");
        }
        return Optional.empty();
    }
}

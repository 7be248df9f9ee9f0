package dev.assay.analysis;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Parameter values to text and back. */
final class ParameterText {

    private ParameterText() {}

    static Class<?> elementType(RecordComponent component) {
        return (Class<?>) ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
    }

    static List<String> choices(Class<?> type) {
        if (type == boolean.class || type == Boolean.class) {
            return List.of("true", "false");
        }
        return type.isEnum()
                ? Arrays.stream(type.getEnumConstants()).map(ParameterText::format).toList()
                : List.of();
    }

    static String format(Object value) {
        return switch (value) {
            case Enum<?> e ->
                e.toString().equals(e.name()) ? e.name().toLowerCase(Locale.ROOT).replace('_', '-') : e.toString();
            case List<?> list -> list.stream().map(ParameterText::format).collect(Collectors.joining(","));
            case Double d -> number(d);
            default -> String.valueOf(value);
        };
    }

    /** As people write it, {@code 1} and {@code 1e-12}; reads as the same number. */
    private static String number(double value) {
        String text = Double.toString(value).replace('E', 'e');
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text.replace(".0e", "e");
    }

    /**
     * Reads a value.
     *
     * @throws IllegalArgumentException with a message for the user
     */
    static Object parse(ParameterDescriptor descriptor, String text) {
        if (!descriptor.isList()) {
            return one(descriptor.type(), text.strip());
        }
        List<String> choices = choices(descriptor.elementType());
        if (text.isBlank() && !choices.isEmpty()) {
            throw new IllegalArgumentException("at least one of " + String.join(", ", choices) + " is needed");
        }
        List<Object> list = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            if (part.isBlank()) {
                throw new IllegalArgumentException("'" + text + "' has an empty element; write values as a,b,c");
            }
            Object element = one(descriptor.elementType(), part.strip());
            if (!choices.isEmpty() && list.contains(element)) {
                throw new IllegalArgumentException("'" + part.strip() + "' is given twice");
            }
            list.add(element);
        }
        return List.copyOf(list);
    }

    static List<?> elements(ParameterDescriptor descriptor, Object value) {
        return descriptor.isList() ? (List<?>) value : List.of(value);
    }

    private static Object one(Class<?> type, String text) {
        try {
            if (type == int.class || type == Integer.class) {
                return Integer.parseInt(text);
            }
            if (type == long.class || type == Long.class) {
                return Long.parseLong(text);
            }
            if (type == double.class || type == Double.class) {
                return Double.parseDouble(text);
            }
        } catch (NumberFormatException e) {
            String kind = type == double.class || type == Double.class ? "a number" : "a whole number";
            boolean large = text.matches("[+-]?\\d+");
            throw new IllegalArgumentException("'" + text + "' is " + (large ? "too large" : "not " + kind), e);
        }
        if (type == Exact.class) {
            return Exact.parse(text);
        }
        if (type == String.class) {
            return text;
        }
        return choice(type, text);
    }

    private static Object choice(Class<?> type, String text) {
        List<String> choices = choices(type);
        int index = choices.indexOf(text);
        if (index < 0) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not one of " + String.join(", ", choices));
        }
        return type.isEnum() ? type.getEnumConstants()[index] : (Object) Boolean.valueOf(text);
    }
}

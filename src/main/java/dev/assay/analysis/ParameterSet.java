package dev.assay.analysis;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The parameters of an analysis: what there is, and the way between the record and text.
 *
 * <p>A record may check what ranges cannot say by implementing {@link Checked}.
 *
 * @param <P> the record
 */
public final class ParameterSet<P extends Record> {

    /** Implemented by a parameters' record whose components depend on each other. */
    public interface Checked {

        /** What is wrong; empty when all is well. */
        List<ParameterProblem> problems();
    }

    private final Class<P> type;
    private final P defaults;
    private final List<ParameterDescriptor> descriptors;

    private ParameterSet(Class<P> type, P defaults, List<ParameterDescriptor> descriptors) {
        this.type = type;
        this.defaults = defaults;
        this.descriptors = descriptors;
    }

    /**
     * Reads the description off the record class.
     *
     * @throws IllegalArgumentException when a component has no {@link Parameter} or there is no {@code defaults()}
     */
    public static <P extends Record> ParameterSet<P> of(Class<P> type) {
        P defaults = defaultsOf(type);
        List<ParameterDescriptor> descriptors = Arrays.stream(type.getRecordComponents())
                .map(c -> ParameterDescriptor.of(c, get(c, defaults)))
                .toList();
        return new ParameterSet<>(type, defaults, descriptors);
    }

    private static <P extends Record> P defaultsOf(Class<P> type) {
        try {
            return type.cast(type.getMethod("defaults").invoke(null));
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type + " needs a public static defaults()", e);
        }
    }

    private static Object get(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(component + " cannot be read; the record must be public", e);
        }
    }

    /** The parameters in the record's order. */
    public List<ParameterDescriptor> descriptors() {
        return descriptors;
    }

    /** The parameter of that name. */
    public Optional<ParameterDescriptor> descriptor(String name) {
        return descriptors.stream().filter(d -> d.name().equals(name)).findFirst();
    }

    /** The defaults. */
    public P defaults() {
        return defaults;
    }

    /** All values as text, in the record's order. */
    public Map<String, String> toText(Record parameters) {
        Map<String, String> text = new LinkedHashMap<>();
        for (RecordComponent component : type.getRecordComponents()) {
            text.put(component.getName(), ParameterText.format(get(component, parameters)));
        }
        return text;
    }

    /**
     * Checks values without building the record.
     *
     * @param values texts by name; what is absent keeps its default
     * @return all problems, in the record's order; empty when {@link #parse} will succeed
     */
    public List<ParameterProblem> check(Map<String, String> values) {
        List<ParameterProblem> problems = new ArrayList<>();
        for (String name : values.keySet()) {
            if (descriptor(name).isEmpty()) {
                problems.add(new ParameterProblem(
                        name,
                        "there is no such parameter; there are "
                                + descriptors.stream()
                                        .map(ParameterDescriptor::name)
                                        .collect(Collectors.joining(", "))));
            }
        }
        for (ParameterDescriptor d : descriptors) {
            if (values.containsKey(d.name())) {
                d.check(values.get(d.name())).ifPresent(problems::add);
            }
        }
        if (problems.isEmpty() && build(values) instanceof Checked checked) {
            problems.addAll(checked.problems());
        }
        return problems;
    }

    /**
     * Builds the record.
     *
     * @param values texts by name; what is absent keeps its default
     * @throws AnalysisException naming the first problem
     */
    public P parse(Map<String, String> values) throws AnalysisException {
        List<ParameterProblem> problems = check(values);
        if (!problems.isEmpty()) {
            ParameterProblem first = problems.getFirst();
            throw new AnalysisException(first.message(), "parameter " + first.parameter(), "");
        }
        return build(values);
    }

    private P build(Map<String, String> values) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] arguments = new Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            ParameterDescriptor d = descriptors.get(i);
            types[i] = components[i].getType();
            arguments[i] = values.containsKey(d.name())
                    ? ParameterText.parse(d, values.get(d.name()))
                    : get(components[i], defaults);
        }
        try {
            Constructor<P> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalArgumentException(e.getCause().getMessage(), e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type + " must be a public record", e);
        }
    }
}

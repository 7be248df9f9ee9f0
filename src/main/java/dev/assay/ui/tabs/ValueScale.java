package dev.assay.ui.tabs;

import dev.assay.analysis.Exact;
import dev.assay.analysis.ParameterDescriptor;
import dev.assay.analysis.ParameterSet;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Positions of a slider and the exact values they stand for. The slider of a parameter whose plural names a list of the
 * same kind ({@code slack} and {@code slacks}) has that list's values as stops; else its range is spread evenly, or by
 * powers of ten where it spans two or more.
 */
final class ValueScale {

    /** Share of the way between two stops within which the slider snaps. */
    private static final double SNAP = 0.12;

    private static final int STEPS = 200;
    private static final double LOGARITHMIC_FROM = 100;
    private static final MathContext TWO_DIGITS = new MathContext(2, RoundingMode.HALF_EVEN);

    private final List<Exact> stops;
    private final boolean whole;
    private final boolean snaps;

    private ValueScale(List<Exact> stops, boolean whole, boolean snaps) {
        this.stops = List.copyOf(stops);
        this.whole = whole;
        this.snaps = snaps;
    }

    /**
     * The scale of a numeric parameter.
     *
     * @param values the run's parameters as text
     * @return empty for a parameter that is no single number or has no range
     */
    static Optional<ValueScale> of(ParameterSet<?> set, ParameterDescriptor parameter, Map<String, String> values) {
        boolean whole = parameter.type() == int.class || parameter.type() == long.class;
        boolean numeric = whole || parameter.type() == double.class || parameter.type() == Exact.class;
        if (!numeric) {
            return Optional.empty();
        }
        Optional<ParameterDescriptor> list = set.descriptor(parameter.name() + "s")
                .filter(d -> d.isList() && d.elementType() == boxed(parameter.type()));
        if (list.isPresent()) {
            TreeSet<Exact> stops = new TreeSet<>();
            for (String text : values.getOrDefault(list.get().name(), list.get().defaultText()).split(",")) {
                if (!text.isBlank()) {
                    stops.add(Exact.parse(text));
                }
            }
            stops.add(Exact.parse(values.get(parameter.name())));
            return stops.size() < 2 ? Optional.empty() : Optional.of(new ValueScale(List.copyOf(stops), whole, true));
        }
        String min = parameter.annotation().min();
        String max = parameter.annotation().max();
        return min.isEmpty() || max.isEmpty()
                ? Optional.empty()
                : Optional
                        .of(ofRange(Exact.parse(min), Exact.parse(max), parameter.annotation().maxExclusive(), whole));
    }

    private static Class<?> boxed(Class<?> type) {
        return type == int.class ? Integer.class
                : type == long.class ? Long.class
                        : type == double.class ? Double.class
                                : type;
    }

    static ValueScale ofRange(Exact min, Exact max, boolean maxExclusive, boolean whole) {
        double low = min.toDouble();
        double high = max.toDouble();
        boolean logarithmic = low > 0 && high / low >= LOGARITHMIC_FROM;
        int steps = whole ? (int) Math.min(STEPS, Math.max(1, high - low)) : STEPS;
        List<Exact> stops = new ArrayList<>();
        stops.add(min);
        for (int i = 1; i < steps; i++) {
            double share = (double) i / steps;
            double value = logarithmic ? low * Math.pow(high / low, share) : low + (high - low) * share;
            Exact stop = rounded(value, whole, logarithmic ? TWO_DIGITS : new MathContext(6, RoundingMode.HALF_EVEN));
            if (stop.compareTo(stops.getLast()) > 0 && stop.compareTo(max) < 0) {
                stops.add(stop);
            }
        }
        if (!maxExclusive) {
            stops.add(max);
        }
        return new ValueScale(stops, whole, false);
    }

    private static Exact rounded(double value, boolean whole, MathContext digits) {
        BigDecimal decimal = whole
                ? new BigDecimal(value).setScale(0, RoundingMode.HALF_EVEN)
                : new BigDecimal(value).round(digits).stripTrailingZeros();
        return Exact.parse(decimal.signum() == 0 ? "0" : decimal.toPlainString());
    }

    /** Greatest position; the least is 0. */
    double length() {
        return stops.size() - 1.0;
    }

    /** Whether the stops are values chosen by the user, which are marked and snapped to. */
    boolean marksStops() {
        return snaps;
    }

    /** The values at the whole positions. */
    List<Exact> stops() {
        return stops;
    }

    /** Where a value is; one beyond the ends is at the end. */
    double position(Exact value) {
        for (int i = 0; i < stops.size(); i++) {
            int order = value.compareTo(stops.get(i));
            if (order == 0) {
                return i;
            }
            if (order < 0) {
                return i == 0 ? 0 : i - 1 + between(stops.get(i - 1), stops.get(i), value);
            }
        }
        return length();
    }

    private static double between(Exact low, Exact high, Exact value) {
        double a = low.toDouble();
        double b = high.toDouble();
        double v = value.toDouble();
        return a > 0 ? Math.log(v / a) / Math.log(b / a) : (v - a) / (b - a);
    }

    /** The value at a position: a stop, or two significant digits between two stops. */
    Exact valueAt(double position) {
        double bounded = Math.clamp(position, 0, length());
        int nearest = (int) Math.rint(bounded);
        if (!snaps || Math.abs(bounded - nearest) < SNAP) {
            return stops.get(nearest);
        }
        int below = (int) Math.floor(bounded);
        double a = stops.get(below).toDouble();
        double b = stops.get(below + 1).toDouble();
        double share = bounded - below;
        double value = a > 0 ? a * Math.pow(b / a, share) : a + (b - a) * share;
        return rounded(value, whole, TWO_DIGITS);
    }
}

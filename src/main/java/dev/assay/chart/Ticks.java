package dev.assay.chart;

import dev.assay.text.Numbers;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Chooses the marks of an axis for the room there is. */
interface Ticks {

    /** Room for a label along a vertical axis, in pixels. */
    double LINE = 15;

    /**
     * The marks.
     *
     * @param span the positions that are seen
     * @param pixels length of the axis
     * @param horizontal whether labels stand side by side
     */
    List<Mark> marks(Span span, double pixels, boolean horizontal);

    /** Whether the labels of a horizontal axis are turned by 90 degrees. */
    default boolean turned(Span span, double pixels) {
        return false;
    }

    /**
     * A mark.
     *
     * @param at its position
     * @param label its text; empty for a small mark
     */
    record Mark(double at, String label) {}

    /** No marks. */
    Ticks NONE = (span, pixels, horizontal) -> List.of();

    /** Marks at round numbers. */
    static Ticks numbers(Scaling scaling, String unit) {
        return new NumberTicks(scaling, unit, 0);
    }

    /** Marks at whole numbers. */
    static Ticks counts(Scaling scaling) {
        return new NumberTicks(scaling, "", 1);
    }

    /** Round numbers on a linear axis, powers of ten on a logarithmic one. */
    record NumberTicks(Scaling scaling, String unit, double leastStep) implements Ticks {

        private static final int MOST = 400;
        /** Digits behind the point of a number with a power of ten; with more it is no shorter than the whole number. */
        private static final int FEW_DIGITS = 4;
        private static final int MOST_DIGITS = 12;
        private static final double DECADE_ROOM = 34;
        private static final String SUPERSCRIPTS = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079";

        @Override
        public List<Mark> marks(Span span, double pixels, boolean horizontal) {
            if (pixels <= 0) {
                return List.of();
            }
            if (!scaling.isLog()) {
                return linear(span, pixels, horizontal);
            }
            List<Mark> marks = new ArrayList<>();
            double zero = scaling.zeroAt();
            if (!Double.isNaN(zero) && span.contains(zero)) {
                marks.add(new Mark(zero, text(0, 1, 1)));
            }
            double low = Double.isNaN(zero) ? span.lower() : Math.max(span.lower(), scaling.lowest() - 1e-9);
            if (low >= span.upper()) {
                return marks;
            }
            if (span.upper() - low < 1) {
                if (Math.pow(10, low) < Double.MIN_NORMAL) {
                    // Steps between such numbers are no doubles any more.
                    return marks;
                }
                linear(new Span(Math.pow(10, low), Math.pow(10, span.upper())), pixels, horizontal).stream()
                        .filter(m -> m.at > 0)
                        .map(m -> new Mark(Math.log10(m.at), m.label))
                        .forEach(marks::add);
                return marks;
            }
            double perDecade = pixels / span.length();
            int step = 1;
            while (perDecade * step < (horizontal ? DECADE_ROOM : LINE * 1.5)) {
                step++;
            }
            // Numbers between the decades are written out, and then the decades too: 0.002, 0.005, 0.01.
            boolean between = step == 1 && perDecade >= DECADE_ROOM * 6;
            for (int k = (int) Math.floor(low); k <= Math.floor(span.upper() + 1e-9); k++) {
                if (k >= low - 1e-9) {
                    String decade = between ? Numbers.value(Double.parseDouble("1e" + k), unit) : power(k);
                    marks.add(new Mark(k, Math.floorMod(k, step) == 0 ? decade : ""));
                }
                for (int m = 2; m < 10 && perDecade >= DECADE_ROOM && step == 1; m++) {
                    double at = k + Math.log10(m);
                    if (at >= low && at <= span.upper()) {
                        boolean labelled = between && (m == 2 || m == 5);
                        double value = Math.pow(10, k) * m;
                        marks.add(new Mark(at, labelled ? Numbers.value(value, unit) : ""));
                    }
                }
            }
            return marks;
        }

        private List<Mark> linear(Span span, double pixels, boolean horizontal) {
            double factor = Numbers.SHARE.equals(unit) ? 100 : 1;
            double low = span.lower() * factor;
            double high = span.upper() * factor;
            double size = Math.max(Math.abs(low), Math.abs(high));
            double room = LINE * 2.4;
            if (horizontal) {
                String sample = text(size, round((high - low) / 5), size);
                room = Math.max(56, sample.length() * 7.0 + 26);
            }
            double step = Math.max(round((high - low) / Math.max(1, pixels / room)), leastStep);
            double first = Math.ceil(low / step - 1e-6);
            double last = Math.floor(high / step + 1e-6);
            List<Mark> marks = new ArrayList<>();
            for (double i = first; i <= last && marks.size() < MOST; i++) {
                double value = i * step;
                marks.add(new Mark(value / factor, text(value, step, size)));
            }
            return marks;
        }

        /** The next larger of 1, 2, 5 times a power of ten. */
        static double round(double step) {
            double power = Math.pow(10, Math.floor(Math.log10(step)));
            double m = step / power;
            return power * (m <= 1.0001 ? 1 : m <= 2.0001 ? 2 : m <= 5.0001 ? 5 : 10);
        }

        private static int decimals(double step) {
            return Math.max(0, (int) -Math.floor(Math.log10(step) + 1e-9));
        }

        /**
         * A number as its axis writes it: with a power of ten where that is short, in full where numbers differ only in
         * their last digits.
         *
         * @param size the greatest absolute value of the axis
         */
        private String text(double value, double step, double size) {
            String suffix = Numbers.SHARE.equals(unit) ? Numbers.THIN_SPACE + "%" : "";
            if (value == 0 || Math.abs(value) < step * 1e-6) {
                return "0" + suffix;
            }
            int decimals = decimals(step);
            boolean near = exponent(size) - exponent(step) > FEW_DIGITS && size < 1e15 && decimals <= MOST_DIGITS;
            boolean powers = (size >= 1e7 || decimals > 5) && !near;
            if (!powers) {
                return fixed(value, decimals) + suffix;
            }
            int exponent = exponent(Math.abs(value));
            double mantissa = value / Math.pow(10, exponent);
            int digits = Math.clamp(exponent - exponent(step), 0, MOST_DIGITS);
            return fixed(mantissa, digits) + "\u00d710" + superscript(exponent) + suffix;
        }

        private static int exponent(double value) {
            return (int) Math.floor(Math.log10(value) + 1e-9);
        }

        private static String fixed(double value, int decimals) {
            BigDecimal rounded = new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN);
            if (decimals == 0) {
                return Numbers.count(rounded.longValue());
            }
            String whole = Numbers.count(rounded.abs().longValue());
            String plain = rounded.abs().toPlainString();
            return (rounded.signum() < 0 ? "\u2212" : "") + whole + plain.substring(plain.indexOf('.'));
        }

        private String power(int exponent) {
            if (Numbers.SHARE.equals(unit)) {
                int percent = exponent + 2;
                return percent >= -3 && percent <= 4
                        ? text(Math.pow(10, percent), Math.pow(10, percent), 1)
                        : "10" + superscript(percent) + Numbers.THIN_SPACE + "%";
            }
            return exponent == 0 ? "1" : exponent == 1 ? "10" : "10" + superscript(exponent);
        }

        static String superscript(int exponent) {
            StringBuilder text = new StringBuilder(exponent < 0 ? "\u207b" : "");
            for (char digit : String.valueOf(Math.abs(exponent)).toCharArray()) {
                text.append(SUPERSCRIPTS.charAt(digit - '0'));
            }
            return text.toString();
        }
    }
}

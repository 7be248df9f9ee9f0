package dev.assay.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.Locale;

/**
 * Numbers as people read them: 4 significant digits, thin spaces between thousands, shares in percent with one
 * decimal. {@link #full} gives all digits, for hovering, copying and files.
 */
public final class Numbers {

    /** Narrow no-break space: keeps a number and its unit on one line. */
    public static final String THIN_SPACE = "\u202f";

    /** Stands for an absent value. */
    public static final String ABSENT = "\u2013";

    /** Unit that marks values in 0..1 shown in percent. */
    public static final String SHARE = "share";

    private static final int SIGNIFICANT_DIGITS = 4;
    private static final double LEAST_PLAIN = 1e-4;
    private static final double LEAST_SCIENTIFIC = 1e7;
    private static final double LARGEST_EXACT_INTEGER = 1L << 53;
    private static final String MINUS = "\u2212";
    private static final String SUPERSCRIPTS = "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079";

    private Numbers() {}

    /** A whole number with thin spaces between thousands. */
    public static String count(long value) {
        return grouped(BigDecimal.valueOf(value));
    }

    /**
     * A number with 4 significant digits. Whole numbers keep all their digits up to 2^53; reals of 1,000 and more are
     * rounded to whole numbers, those of 10^7 and more or below 10^-4 are written with a power of ten.
     */
    public static String value(double value) {
        if (Double.isNaN(value)) {
            return ABSENT;
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "\u221e" : MINUS + "\u221e";
        }
        double size = Math.abs(value);
        if (value == Math.rint(value) && size <= LARGEST_EXACT_INTEGER) {
            return grouped(BigDecimal.valueOf((long) value));
        }
        if (size >= LEAST_SCIENTIFIC || size < LEAST_PLAIN) {
            return scientific(value);
        }
        BigDecimal exact = new BigDecimal(value);
        BigDecimal rounded = size >= 1000
                ? exact.setScale(0, RoundingMode.HALF_EVEN)
                : exact.round(new MathContext(SIGNIFICANT_DIGITS, RoundingMode.HALF_EVEN))
                        .stripTrailingZeros();
        return grouped(rounded);
    }

    /** A value with its unit; {@code share} is written in percent, an empty unit adds nothing. */
    public static String value(double value, String unit) {
        if (SHARE.equals(unit)) {
            return percent(value);
        }
        return unit.isEmpty() || Double.isNaN(value) ? value(value) : value(value) + THIN_SPACE + unit;
    }

    /**
     * A share in 0..1 as percent with one decimal. What is not quite nothing or not quite all is not rounded to it:
     * {@code < 0.1 %}, {@code > 99.9 %}. A difference of shares may be negative: {@code > -0.1 %}.
     */
    public static String percent(double share) {
        if (!Double.isFinite(share)) {
            return value(share);
        }
        BigDecimal percent = new BigDecimal(share).movePointRight(2);
        BigDecimal rounded = percent.setScale(1, RoundingMode.HALF_EVEN);
        if (rounded.signum() == 0 && share > 0) {
            return "<" + THIN_SPACE + "0.1" + THIN_SPACE + "%";
        }
        if (rounded.signum() == 0 && share < 0) {
            return ">" + THIN_SPACE + MINUS + "0.1" + THIN_SPACE + "%";
        }
        if (share < 1 && rounded.compareTo(BigDecimal.valueOf(100)) >= 0) {
            return ">" + THIN_SPACE + "99.9" + THIN_SPACE + "%";
        }
        return grouped(rounded) + THIN_SPACE + "%";
    }

    /**
     * A cell of a table: Long, Double, Boolean or String; null is absent.
     *
     * @param unit the column's unit; only {@code share} changes the text, since the heading names the others
     */
    public static String cell(Object value, String unit) {
        return switch (value) {
            case null -> ABSENT;
            case Double d when SHARE.equals(unit) -> percent(d);
            case Double d -> value(d);
            case Long n -> count(n);
            case Boolean b -> b ? "yes" : "no";
            default -> value.toString();
        };
    }

    /** All digits of a value, readable by programs; absent is empty. */
    public static String full(Object value) {
        return switch (value) {
            case null -> "";
            case Double d when d.isNaN() -> "";
            case Double d when d == Math.rint(d) && Math.abs(d) <= LARGEST_EXACT_INTEGER ->
                BigDecimal.valueOf(d.longValue()).toPlainString();
            default -> value.toString();
        };
    }

    /** A large count in little room: {@code 950}, {@code 84k}, {@code 1.2M}. */
    public static String compact(double value) {
        if (!Double.isFinite(value)) {
            return value(value);
        }
        double size = Math.abs(value);
        if (size < 1) {
            return value(value);
        }
        String[] units = {"", "k", "M", "G", "T"};
        int unit = 0;
        while (unit < units.length - 1 && size >= 999.5) {
            size /= 1000;
            unit++;
        }
        BigDecimal rounded = new BigDecimal(Math.copySign(size, value))
                .setScale(size < 9.95 ? 1 : 0, RoundingMode.HALF_EVEN)
                .stripTrailingZeros();
        return grouped(rounded) + units[unit];
    }

    /** Items per second, e.g. {@code 84k/s}; absent when not known. */
    public static String rate(double perSecond) {
        return Double.isFinite(perSecond) ? compact(perSecond) + "/s" : ABSENT;
    }

    /** Seconds below one minute as {@code 12.3 s}, then {@code 4:07}, then {@code 1 h 12 min}. */
    public static String duration(double seconds) {
        if (!Double.isFinite(seconds) || seconds < 0) {
            return ABSENT;
        }
        if (seconds > 0 && seconds < 0.0995) {
            return Math.max(1, Math.round(seconds * 1000)) + THIN_SPACE + "ms";
        }
        if (seconds < 59.95) {
            return String.format(Locale.ROOT, "%.1f", seconds) + THIN_SPACE + "s";
        }
        long whole = Math.round(seconds);
        if (whole < 3600) {
            return String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
        }
        long minutes = Math.round(seconds / 60);
        return count(minutes / 60) + THIN_SPACE + "h" + " " + minutes % 60 + THIN_SPACE + "min";
    }

    /** As {@link #duration(double)}. */
    public static String duration(Duration duration) {
        return duration(duration.toNanos() / 1e9);
    }

    /** Time left, as {@code 0:01}, since tenths of a second would only flicker. */
    public static String timeLeft(double seconds) {
        if (!Double.isFinite(seconds) || seconds < 0) {
            return ABSENT;
        }
        long whole = Math.max(1, Math.round(seconds));
        return whole < 3600
                ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
                : duration((double) whole);
    }

    /** A size in bytes, KiB, MiB or GiB. */
    public static String bytes(long bytes) {
        if (bytes < 1024) {
            return bytes + THIN_SPACE + "B";
        }
        String[] units = {"KiB", "MiB", "GiB", "TiB"};
        double size = bytes / 1024.0;
        int unit = 0;
        while (unit < units.length - 1 && size >= 1023.5) {
            size /= 1024;
            unit++;
        }
        String text = String.format(Locale.ROOT, size < 9.95 ? "%.1f" : "%.0f", size);
        return text + THIN_SPACE + units[unit];
    }

    /** A text too long for its place, shortened in the middle, e.g. a hash or a path. */
    public static String shortened(String text, int length) {
        if (text.length() <= length) {
            return text;
        }
        int tail = (length - 1) / 2;
        return text.substring(0, length - 1 - tail) + "\u2026" + text.substring(text.length() - tail);
    }

    private static String scientific(double value) {
        String text = String.format(Locale.ROOT, "%.3e", value);
        int e = text.indexOf('e');
        BigDecimal mantissa = new BigDecimal(text.substring(0, e)).stripTrailingZeros();
        int exponent = Integer.parseInt(text.substring(e + 1));
        StringBuilder power = new StringBuilder(exponent < 0 ? "\u207b" : "");
        for (char digit : String.valueOf(Math.abs(exponent)).toCharArray()) {
            power.append(SUPERSCRIPTS.charAt(digit - '0'));
        }
        return grouped(mantissa) + "\u00d710" + power;
    }

    private static String grouped(BigDecimal value) {
        String plain = value.abs().toPlainString();
        int dot = plain.indexOf('.');
        int end = dot < 0 ? plain.length() : dot;
        StringBuilder text = new StringBuilder(plain);
        for (int i = end - 3; i > 0; i -= 3) {
            text.insert(i, THIN_SPACE);
        }
        return value.signum() < 0 ? MINUS + text : text.toString();
    }
}

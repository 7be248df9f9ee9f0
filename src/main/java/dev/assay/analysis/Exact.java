package dev.assay.analysis;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * A rational number that keeps the text it was written as. A decimal such as {@code 0.1} is one tenth exactly, not the
 * nearest double, so that thresholds on counts are decided in integers.
 *
 * @param text what the user wrote, e.g. {@code 0.01} or {@code 1/6}
 * @param numerator lowest terms, carries the sign
 * @param denominator lowest terms, positive
 */
public record Exact(String text, BigInteger numerator, BigInteger denominator) implements Comparable<Exact> {

    /** Longest accepted text; keeps a hostile exponent or digit string from costing memory. */
    private static final int MAX_LENGTH = 64;

    /** Greatest accepted decimal exponent. */
    private static final int MAX_SCALE = 1000;

    /**
     * Reads a decimal ({@code 0.01}, {@code 1e-3}) or a fraction ({@code 1/6}).
     *
     * @throws NumberFormatException when it is neither
     */
    public static Exact parse(String text) {
        String trimmed = text.strip();
        if (trimmed.isEmpty() || trimmed.length() > MAX_LENGTH) {
            throw new NumberFormatException("'" + text + "' is not a decimal or a fraction p/q");
        }
        int slash = trimmed.indexOf('/');
        if (slash < 0) {
            BigInteger[] fraction = decimal(trimmed);
            return of(trimmed, fraction[0], fraction[1]);
        }
        BigInteger[] p = decimal(trimmed.substring(0, slash).strip());
        BigInteger[] q = decimal(trimmed.substring(slash + 1).strip());
        if (q[0].signum() == 0) {
            throw new NumberFormatException("'" + text + "' divides by zero");
        }
        return of(trimmed, p[0].multiply(q[1]), p[1].multiply(q[0]));
    }

    private static BigInteger[] decimal(String text) {
        BigDecimal value;
        try {
            value = new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw new NumberFormatException("'" + text + "' is not a decimal or a fraction p/q");
        }
        if (Math.abs((long) value.scale()) > MAX_SCALE) {
            throw new NumberFormatException("'" + text + "' has too large an exponent");
        }
        return value.scale() >= 0
                ? new BigInteger[] {value.unscaledValue(), BigInteger.TEN.pow(value.scale())}
                : new BigInteger[] {value.toBigIntegerExact(), BigInteger.ONE};
    }

    private static Exact of(String text, BigInteger p, BigInteger q) {
        BigInteger gcd = p.gcd(q).max(BigInteger.ONE);
        int sign = q.signum();
        return new Exact(
                text,
                p.divide(gcd).multiply(BigInteger.valueOf(sign)),
                q.divide(gcd).multiply(BigInteger.valueOf(sign)));
    }

    /** {@code floor(this * n)} for this at least 0, computed in integers. */
    public long floorTimes(long n) {
        return numerator.multiply(BigInteger.valueOf(n)).divide(denominator).longValueExact();
    }

    /** One minus this, e.g. the purity that belongs to a slack; decimals stay decimals. */
    public Exact complement() {
        if (text.indexOf('/') < 0) {
            return parse(BigDecimal.ONE.subtract(new BigDecimal(text)).toPlainString());
        }
        BigInteger p = denominator.subtract(numerator);
        return new Exact(p + "/" + denominator, p, denominator);
    }

    /** The nearest double, for drawing. */
    public double toDouble() {
        return new BigDecimal(numerator)
                .divide(new BigDecimal(denominator), java.math.MathContext.DECIMAL128)
                .doubleValue();
    }

    @Override
    public int compareTo(Exact other) {
        return numerator.multiply(other.denominator).compareTo(other.numerator.multiply(denominator));
    }

    /** Equal values are equal however they were written. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Exact e && compareTo(e) == 0;
    }

    @Override
    public int hashCode() {
        return 31 * numerator.hashCode() + denominator.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}

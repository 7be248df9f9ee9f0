package dev.assay.analyses.fidelity.explain;

/**
 * Uniform numbers by counter: a number is a function of its key alone, so it does not matter on which thread, in which
 * order or how often it is drawn. The mixing function is the finalizer of SplitMix64 (Steele, Lea, Flood 2014).
 */
public final class Uniforms {

    private static final long STEP = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1.0p-53;

    private Uniforms() {}

    /** Spreads the bits of a number over all others. */
    public static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** The key of a part of a stream. */
    public static long key(long stream, long part) {
        return mix(stream + STEP * (part + 1));
    }

    /** The key of a pair of nodes within a stream. */
    public static long key(long stream, int u, int v) {
        return key(stream, (long) u << Integer.SIZE | v);
    }

    /** A number in [0, 1) with 53 bits. */
    public static double at(long stream, long counter) {
        return (key(stream, counter) >>> 11) * UNIT;
    }

    /** A normally distributed number, by the inverse of two uniforms (Box and Muller 1958). */
    public static double gaussian(long stream, long counter) {
        double u = 1 - at(stream, 2 * counter);
        return Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * at(stream, 2 * counter + 1));
    }
}

package dev.assay.run;

/**
 * How far a run is.
 *
 * @param phase what is being done; empty before the first phase
 * @param done finished items of the phase
 * @param total items of the phase, -1 when not known
 * @param unit what an item is, plural
 * @param rate items per second over the last seconds, NaN when not known
 * @param secondsLeft of the phase, NaN when not known
 */
public record RunProgress(String phase, long done, long total, String unit, double rate, double secondsLeft) {

    /** Nothing done yet. */
    public static final RunProgress NONE = new RunProgress("", 0, -1, "", Double.NaN, Double.NaN);

    /** Share done in 0..1, or -1 when not known. */
    public double share() {
        return total <= 0 ? -1 : Math.min(1, (double) done / total);
    }
}

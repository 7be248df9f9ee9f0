package dev.assay.analysis;

/**
 * One input that an analysis takes.
 *
 * @param name public identifier used on the command line, e.g. {@code model}
 * @param label name for the form
 * @param type what may fill it
 * @param required whether the analysis runs without it
 * @param repeatable whether it may be given several times
 * @param help one sentence: what the analysis does with it
 */
public record InputRole(
        String name, String label, Class<? extends Input> type, boolean required, boolean repeatable, String help) {

    /** A role that must be filled exactly once. */
    public static InputRole required(String name, String label, Class<? extends Input> type, String help) {
        return new InputRole(name, label, type, true, false, help);
    }

    /** A role that may stay empty. */
    public static InputRole optional(String name, String label, Class<? extends Input> type, String help) {
        return new InputRole(name, label, type, false, false, help);
    }
}

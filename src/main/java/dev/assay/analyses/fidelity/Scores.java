package dev.assay.analyses.fidelity;

import java.util.List;

/** Names and places of the twelve scores. */
final class Scores {

    /** In the order of all tables: original, then robust; probability, then accuracy; plus, minus, delta. */
    static final List<String> NAMES = List.of(
            "fid_plus", "fid_minus", "fid_delta", "fid_acc_plus", "fid_acc_minus", "fid_acc_delta", "robust_plus",
            "robust_minus", "robust_delta", "robust_acc_plus", "robust_acc_minus", "robust_acc_delta");

    /** Headings. */
    static final List<String> LABELS = List.of(
            "Fid+", "Fid\u2212", "Fid\u0394", "Fid+ (accuracy)", "Fid\u2212 (accuracy)", "Fid\u0394 (accuracy)",
            "Robust +", "Robust \u2212", "Robust \u0394", "Robust + (accuracy)", "Robust \u2212 (accuracy)",
            "Robust \u0394 (accuracy)");

    static final int FID_PLUS = 0;
    static final int FID_ACCURACY_PLUS = 3;
    static final int ROBUST_PLUS = 6;
    static final int ROBUST_MINUS = 7;
    static final int ROBUST_DELTA = 8;
    static final int ROBUST_ACCURACY_PLUS = 9;
    static final int COUNT = 12;

    /** How many of them have standard errors: the robust ones. */
    static final int ERRORS = 6;

    private Scores() {}
}

package dev.assay.analyses.snr;

/** The losses of deep metric learning whose distance can be exchanged (snr-metric-learning, step 4). */
public enum LossKind {
    /** Contrastive: pulls positives below a margin and pushes negatives above another. */
    CONT,
    /** Triplets: a positive is nearer than a negative by a margin. */
    TRI,
    /** Lifted structure: a positive pair against all negatives of both. */
    LIFTED,
    /** One pair per class against the positives of all other classes. */
    NPAIR
}

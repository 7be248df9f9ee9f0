package dev.assay.analyses.snr;

/**
 * A distance between two rows. Every one is the squared Euclidean distance between prepared rows, scaled by something
 * of the query or of the database row (snr-metric-learning, steps 1 to 3).
 */
enum Distance {
    /** {@code var(h_j - h_i) / var(h_i)}, the query in the denominator. */
    SNR_QUERY("snr:query", Form.CENTRED),
    /** The database row in the denominator. */
    SNR_DATABASE("snr:database", Form.CENTRED),
    /** Mean of the two. */
    SNR_SYMMETRIC("snr:symmetric", Form.CENTRED),
    /** Euclidean. */
    EUCLID("euclid", Form.RAW),
    /** One minus the cosine. */
    COSINE("cosine", Form.UNIT);

    private final String id;
    private final Form form;

    Distance(String id, Form form) {
        this.id = id;
        this.form = form;
    }

    /** What a row goes through before distances are taken. */
    enum Form {
        /** Nothing. */
        RAW,
        /** Its mean is taken off. */
        CENTRED,
        /** It is divided by its length. */
        UNIT
    }

    /** Public identifier. */
    String id() {
        return id;
    }

    Form form() {
        return form;
    }

    /** Whether a row stands in a denominator when it is the query. */
    boolean dividesByQuery() {
        return this == SNR_QUERY || this == SNR_SYMMETRIC;
    }

    /** Whether a row stands in a denominator when it is in the database. */
    boolean dividesByDatabase() {
        return this == SNR_DATABASE || this == SNR_SYMMETRIC;
    }

    /**
     * What is sorted by.
     *
     * @param squared squared distance between the prepared rows
     * @param query denominator of the query: its squared length after centring plus n eps
     * @param database denominator of the database row
     */
    double rank(double squared, double query, double database) {
        return switch (this) {
            case SNR_QUERY -> squared / query;
            case SNR_DATABASE -> squared / database;
            case SNR_SYMMETRIC -> (squared / query + squared / database) / 2;
            case EUCLID -> squared;
            case COSINE -> squared / 2;
        };
    }

    /** What is shown: Euclid is ranked by its square, so that no root makes two distances equal. */
    double shown(double rank) {
        return this == EUCLID ? Math.sqrt(rank) : rank;
    }
}

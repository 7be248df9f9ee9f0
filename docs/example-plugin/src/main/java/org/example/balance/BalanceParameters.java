package org.example.balance;

import dev.assay.analysis.Parameter;

/**
 * Parameters of {@link ClassBalance}. Form, command-line option and JSON are made from this record.
 *
 * @param smallest share of the samples below which a class is warned of
 */
public record BalanceParameters(
        @Parameter(
                label = "Smallest share",
                help = "A class with a smaller share of the samples is warned of.",
                min = "0",
                max = "1") double smallest) {

    /** What holds unless the user says otherwise. */
    public static BalanceParameters defaults() {
        return new BalanceParameters(0.05);
    }
}

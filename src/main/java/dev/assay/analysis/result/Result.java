package dev.assay.analysis.result;

/** What a run yields: an identified, titled, immutable piece of data. */
public interface Result {

    /** Public identifier, lower_snake_case, unique among the results of its kind in the run. */
    String id();

    /** Title for the user, sentence case: what it shows. */
    String title();
}

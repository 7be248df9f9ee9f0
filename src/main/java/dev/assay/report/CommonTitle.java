package dev.assay.report;

import dev.assay.analysis.result.Result;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/** The title of what several runs have in common: without the settings in it that are those of one of them only. */
final class CommonTitle {

    private static final String BETWEEN = ", ";

    private CommonTitle() {}

    /** What the titles share of the parts that commas separate; the first title where they share nothing. */
    static String of(Collection<? extends Result> results) {
        Iterator<String> titles = results.stream().map(Result::title).distinct().iterator();
        String first = titles.next();
        Set<String> shared = new LinkedHashSet<>(Arrays.asList(first.split(BETWEEN)));
        while (titles.hasNext()) {
            shared.retainAll(Arrays.asList(titles.next().split(BETWEEN)));
        }
        return shared.isEmpty() ? first : String.join(BETWEEN, shared);
    }
}

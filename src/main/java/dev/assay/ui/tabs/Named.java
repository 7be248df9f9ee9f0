package dev.assay.ui.tabs;

import dev.assay.analysis.Input;
import dev.assay.analysis.Location;
import dev.assay.ui.Times;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Names for a box to choose from. They are all different: a box does not tell two entries of one name apart. */
final class Named {

    private Named() {}

    /** Names of inputs, with their folder where two have one name. */
    static List<String> inputs(List<Input> inputs) {
        return all(inputs, Input::name, i -> folder(i.location()));
    }

    /** Names of what runs found, with the time of the run where two have one name. */
    static List<String> found(List<SampleFindings.Found> found, Function<SampleFindings.Found, String> title) {
        return all(found, title, f -> Times.shown(f.on().run().created()));
    }

    private static String folder(Location location) {
        Path folder = location.path().getParent();
        return folder == null ? "" : folder.toString();
    }

    private static <T> List<String> all(List<T> things, Function<T, String> name, Function<T, String> detail) {
        List<String> plain = things.stream().map(name).toList();
        Map<String, Integer> used = new HashMap<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < plain.size(); i++) {
            boolean alone = Collections.frequency(plain, plain.get(i)) == 1;
            String text = alone ? plain.get(i) : plain.get(i) + ", " + detail.apply(things.get(i));
            int count = used.merge(text, 1, Integer::sum);
            names.add(count == 1 ? text : text + " #" + count);
        }
        return names;
    }
}

package dev.assay.ui.tabs;

import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Table;
import dev.assay.text.Numbers;
import dev.assay.ui.Texts;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All that is known of each sample as one table, a row for each in the order of the dataset: its class, what a network
 * says of it, and what a run found. Of several rows of one sample numbers are averaged, texts kept where they agree.
 */
final class SampleFacts {

    static final int SAMPLE = 0;

    private SampleFacts() {}

    /**
     * Puts the table together. Takes a moment for a hundred thousand samples, so not on the JavaFX thread.
     *
     * @param labels class of each sample, -1 for none
     * @param predictions what a network says, or null
     * @param found what a run found, or null
     */
    static Table of(int[] labels, List<String> classes, Predictions predictions, SampleFindings.Found found) {
        List<Column> columns = new ArrayList<>(List.of(
                Column.integer("sample", Texts.of("samples.sample")), Column.text("class", Texts.of("samples.class"))));
        if (predictions != null) {
            columns.addAll(List.of(
                    Column.text("predicted", Texts.of("samples.predicted")),
                    Column.bool("correct", Texts.of("samples.correct")),
                    Column.share("confidence", Texts.of("samples.confidence"))));
        }
        List<Object[]> more = new ArrayList<>();
        if (found != null) {
            Set<String> names = new HashSet<>(columns.stream().map(Column::name).toList());
            for (int c = 0; c < found.table().columns().size(); c++) {
                Column column = found.table().columns().get(c);
                if (c != found.keys()[0]) {
                    String name = names.add(column.name()) ? column.name() : column.name() + "_run";
                    boolean number = isNumber(column);
                    columns.add(new Column(
                            name, column.label(), number ? Column.Type.REAL : Column.Type.TEXT, column.unit(), null));
                    more.add(number ? means(found, c, labels.length) : texts(found, c, labels.length));
                }
            }
        }
        Table.Builder table = new Table.Builder("facts", Texts.of("samples.title"), columns);
        for (int i = 0; i < labels.length; i++) {
            Object[] row = new Object[columns.size()];
            row[SAMPLE] = i;
            row[1] = name(classes, labels[i]);
            int at = 2;
            if (predictions != null) {
                row[at++] = name(classes, predictions.classes()[i]);
                row[at++] = labels[i] < 0 ? null : (Object) (labels[i] == predictions.classes()[i]);
                row[at++] = (double) predictions.confidences()[i];
            }
            for (Object[] values : more) {
                row[at++] = values[i];
            }
            table.add(row);
        }
        return table.snapshot();
    }

    static boolean isNumber(Column column) {
        return column.type() == Column.Type.INTEGER || column.type() == Column.Type.REAL;
    }

    private static String name(List<String> classes, int index) {
        return index < 0 ? null : index < classes.size() ? classes.get(index) : String.valueOf(index);
    }

    private static int sample(SampleFindings.Found found, int row, int size) {
        Object key = found.table().value(row, found.keys()[0]);
        try {
            long index = key == null ? -1 : Long.parseLong(key.toString());
            return index >= 0 && index < size ? (int) index : -1;
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static Object[] means(SampleFindings.Found found, int column, int size) {
        double[] sums = new double[size];
        int[] counts = new int[size];
        for (int row = 0; row < found.table().rowCount(); row++) {
            int i = sample(found, row, size);
            double value = found.table().number(row, column);
            if (i >= 0 && !Double.isNaN(value)) {
                sums[i] += value;
                counts[i]++;
            }
        }
        Object[] means = new Object[size];
        for (int i = 0; i < size; i++) {
            means[i] = counts[i] == 0 ? null : (Object) (sums[i] / counts[i]);
        }
        return means;
    }

    private static Object[] texts(SampleFindings.Found found, int column, int size) {
        Object[] texts = new Object[size];
        for (int row = 0; row < found.table().rowCount(); row++) {
            int i = sample(found, row, size);
            Object value = found.table().value(row, column);
            if (i >= 0 && value != null) {
                String text = value instanceof Boolean ? Numbers.cell(value, "") : value.toString();
                texts[i] = texts[i] == null || texts[i].equals(text) ? text : Texts.of("samples.several");
            }
        }
        return texts;
    }
}

package dev.assay.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scalar;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChartCsvTest {

    private static List<List<String>> records(Result result) throws IOException {
        StringWriter text = new StringWriter();
        ChartCsv.write(result, text);
        return CsvReader.builder().ofCsvRecord(text.toString()).stream().map(CsvRecord::getFields).toList();
    }

    @Test
    void curveHoldsEveryPointWithAllItsDigits() throws IOException {
        Curve curve = new Curve("c", "C", Axis.of("Time", "s"), Axis.of("Value", ""), List.of(
                new Curve.Series("a, b", new double[] {0, 1.0 / 3}, new double[] {Double.NaN, 2e-17}, null,
                        new double[] {1, 2})),
                null);

        assertThat(records(curve)).containsExactly(
                List.of("series", "Time (s)", "Value", "low", "high"),
                List.of("a, b", "0", "", "", "1"),
                List.of("a, b", "0.3333333333333333", "2.0E-17", "", "2"));
    }

    @Test
    void matrixHoldsGroupAndKeyOfEveryRow() throws IOException {
        List<List<String>> records = records(Samples.states());

        assertThat(records).hasSize(1025);
        assertThat(records.get(0)).startsWith("group", "neuron", "0", "1");
        assertThat(records.get(1)).startsWith("Layer 1", "1:0");
        assertThat(records.get(256)).startsWith("Layer 1", "1:255");
        assertThat(records.get(257)).startsWith("Layer 2", "2:0");
        assertThat(records.get(1024)).startsWith("Layer 4", "4:255").hasSize(12);
    }

    @Test
    void scatterHoldsTheKeyOfEveryPoint() throws IOException {
        List<List<String>> records = records(Samples.plane());

        assertThat(records.get(0)).startsWith("series", "explainer");
        assertThat(records.get(3)).startsWith("Integrated gradients", "Integrated gradients", "0.4");
    }

    @Test
    void rankingHoldsPlaceKindAndKey() throws IOException {
        assertThat(records(Samples.ranking(3)).get(3))
                .startsWith("3", "Layer 3, neuron 74").endsWith("", "neuron", "3:74");
    }

    @Test
    void distributionHoldsEdgesAndCounts() throws IOException {
        List<List<String>> records = records(Samples.distribution(2));

        assertThat(records).hasSize(81);
        assertThat(records.get(0)).containsExactly("series", "from", "to", "count");
        assertThat(records.get(41)).startsWith("Other class", "0", "0.05");
    }

    @Test
    void graphHoldsNodesAndEdges() throws IOException {
        List<List<String>> records = records(Samples.graph());

        assertThat(records.stream().filter(r -> r.getFirst().equals("node"))).hasSize(25);
        assertThat(records.stream().filter(r -> r.getFirst().equals("edge"))).hasSize(26);
    }

    @Test
    void resultWithoutAChartIsRefused() {
        assertThatThrownBy(() -> records(new Scalar("a", "A", 1, "", "")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}

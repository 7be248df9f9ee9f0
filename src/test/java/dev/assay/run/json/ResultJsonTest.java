package dev.assay.run.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.assay.analysis.InputException;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.GraphPicture;
import dev.assay.analysis.result.Heatmap;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scalar;
import dev.assay.analysis.result.Table;
import dev.assay.run.RunFailure;
import dev.assay.run.RunRecord;
import dev.assay.run.RunState;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultJsonTest {

    @TempDir
    Path folder;

    private static String text(RunRecord run) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            new ResultJson().write(run, out, true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString(java.nio.charset.StandardCharsets.UTF_8);
    }

    private static JsonNode json(RunRecord run) throws IOException {
        return new ObjectMapper().readTree(text(run));
    }

    private RunRecord roundTrip(RunRecord run) throws Exception {
        new ResultFolder().write(run, folder);
        return new ResultJsonReader().read(folder.resolve("result.json"));
    }

    @Test
    void theHeadIsThatOfTheSchema() throws Exception {
        JsonNode json = json(Records.of());
        assertThat(json.get("schema").asText()).isEqualTo("assay.result/1");
        assertThat(json.get("analysis").asText()).isEqualTo("nap-mining");
        assertThat(json.get("state").asText()).isEqualTo("done");
        assertThat(json.get("seed").asLong()).isEqualTo(42);
        assertThat(json.get("device").asText()).isEqualTo("cpu");
        assertThat(json.at("/parameters/slack").asText()).isEqualTo("1/6");
        assertThat(json.at("/inputs/0/role").asText()).isEqualTo("model");
        assertThat(json.at("/inputs/0/path").asText()).isEqualTo(Path.of("/data/net.onnx").toString());
        assertThat(json.at("/inputs/0/sha256").asText()).isEqualTo("ab".repeat(32));
        assertThat(json.at("/inputs/2/sha256").isNull()).isTrue();
        assertThat(json.at("/provenance/assay").asText()).isEqualTo("0.1.0");
        assertThat(json.at("/provenance/libraries/onnxruntime").asText()).isEqualTo("1.21.1");
        assertThat(json.at("/provenance/started").asText()).isEqualTo(Records.THEN.toString());
        assertThat(json.at("/provenance/seconds/total").asDouble()).isEqualTo(1.5);
    }

    @Test
    void sectionsOfAllKindsAreThereEvenWhenEmpty() throws Exception {
        JsonNode json = json(Records.of());
        assertThat(json.fieldNames()).toIterable().contains(
                "scalars", "tables", "curves", "distributions", "heatmaps", "scatters", "graphs");
    }

    @Test
    void scalarsAreAMapFromIdToNumberWithNullForAbsent() throws Exception {
        JsonNode json = json(Records.of(Records.everyKind().toArray(Result[]::new)));
        assertThat(json.at("/scalars/train_recall").asDouble()).isEqualTo(0.75);
        assertThat(json.at("/scalars/precision").isNull()).isTrue();
    }

    @Test
    void tablesHaveTypedColumnsAndRowsOfCells() throws Exception {
        JsonNode table = json(Records.of(Records.table(2))).at("/tables/0");
        assertThat(table.at("/id").asText()).isEqualTo("samples");
        assertThat(table.at("/columns/0/name").asText()).isEqualTo("class");
        assertThat(table.at("/columns/0/type").asText()).isEqualTo("text");
        assertThat(table.at("/columns/2/unit").asText()).isEqualTo("share");
        assertThat(table.at("/rows/0").toString()).isEqualTo("[null,0,null,true]");
        assertThat(table.at("/rows/1/0").asText()).isEqualTo("class, \"1\"");
        assertThat(table.has("file")).isFalse();
    }

    @Test
    void curvesAndHeatMapsHaveTheSchemasShape() throws Exception {
        JsonNode json = json(Records.of(Records.everyKind().toArray(Result[]::new)));
        assertThat(json.at("/curves/0/x/label").asText()).isEqualTo("Slack");
        assertThat(json.at("/curves/0/series/0/name").asText()).isEqualTo("all");
        assertThat(json.at("/curves/0/series/0/y").toString()).isEqualTo("[1.0,null,\"-Infinity\"]");
        assertThat(json.at("/curves/0/series/0/low").size()).isEqualTo(3);
        assertThat(json.at("/heatmaps/0/rows/1").asText()).isEqualTo("1:1");
        assertThat(json.at("/heatmaps/0/values").toString()).isEqualTo("[[1.0],[null]]");
    }

    @Test
    void everyKindOfResultComesBackAsItWas() throws Exception {
        List<Result> results = Records.everyKind();
        RunRecord back = roundTrip(Records.of(results.toArray(Result[]::new)));
        assertThat(back.results())
                .usingRecursiveComparison()
                .withEqualsForType(ResultJsonTest::sameRows, Table.class)
                .withEqualsForType((a, b) -> Double.compare(a, b) == 0, Double.class)
                .isEqualTo(results);
    }

    @Test
    void theRestOfTheRunComesBackAsItWas() throws Exception {
        RunRecord run = Records.of();
        RunRecord back = roundTrip(run);
        assertThat(back)
                .usingRecursiveComparison()
                .ignoringFields("folder", "provenance.value.inputs")
                .isEqualTo(run);
        assertThat(back.folder()).isEqualTo(folder.toAbsolutePath());
        assertThat(back.provenance().orElseThrow().inputs().subList(0, 2))
                .isEqualTo(run.provenance().orElseThrow().inputs());
    }

    @Test
    void aFailureComesBackWithItsMessage() throws Exception {
        RunFailure failure = new RunFailure("The file ends too early.", true, "trace");
        RunRecord back = roundTrip(Records.of().failed(failure));
        assertThat(back.state()).isEqualTo(RunState.FAILED);
        assertThat(back.failure()).contains(failure);
    }

    @Test
    void aTableOfFiveThousandRowsIsHeldWhole() throws Exception {
        JsonNode table = json(Records.of(Records.table(5_000))).at("/tables/0");
        assertThat(table.get("rows").size()).isEqualTo(5_000);
        assertThat(table.has("file")).isFalse();
    }

    @Test
    void aLongerTableKeepsItsFirstHundredRowsAndNamesItsFile() throws Exception {
        RunRecord run = Records.of(Records.table(5_001));
        new ResultFolder().write(run, folder);
        JsonNode table = new ObjectMapper()
                .readTree(folder.resolve("result.json").toFile())
                .at("/tables/0");
        assertThat(table.get("rows").size()).isEqualTo(100);
        assertThat(table.get("rowCount").asInt()).isEqualTo(5_001);
        assertThat(table.get("file").asText()).isEqualTo("samples.csv");
        assertThat(Files.readAllLines(folder.resolve("samples.csv"))).hasSize(5_002);
    }

    @Test
    void aLongTableComesBackWhole() throws Exception {
        Table table = Records.table(5_001);
        Table back = (Table) roundTrip(Records.of(table)).results().getFirst();
        assertThat(sameRows(back, table)).isTrue();
    }

    @Test
    void everyTableHasACsvFileWithColumnNamesOnTop() throws Exception {
        new ResultFolder().write(Records.of(Records.table(2)), folder);
        assertThat(Files.readString(folder.resolve("samples.csv")))
                .isEqualToNormalizingNewlines("class,sample,recall,right\n,0,,true\n\"class, \"\"1\"\"\",1,"
                        + 1 / 7.0 + ",false\n");
    }

    @Test
    void anIdWithAPathInItStaysInTheFolder() throws Exception {
        Table table = new Table.Builder("../../evil", "T", List.of(Column.integer("n", "N")))
                .add(1L)
                .snapshot();
        new ResultFolder().write(Records.of(table), folder);
        try (var list = Files.list(folder)) {
            assertThat(list.map(p -> p.getFileName().toString()))
                    .containsExactlyInAnyOrder("result.json", "_.._.._evil.csv");
        }
    }

    @Test
    void aFileCutShortAnywhereIsRefusedInOneSentence() throws Exception {
        String whole = text(Records.of(Records.everyKind().toArray(Result[]::new)));
        Path cut = folder.resolve("result.json");
        for (int length = 0; length < whole.length() - 2; length += 37) {
            Files.writeString(cut, whole.substring(0, length));
            assertThatThrownBy(() -> new ResultJsonReader().read(cut))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("result.json");
        }
    }

    @Test
    void anotherSchemaIsRefused() throws Exception {
        Path file = Files.writeString(folder.resolve("result.json"), "{\"schema\":\"assay.result/9\"}");
        assertThatThrownBy(() -> new ResultJsonReader().read(file)).hasMessageContaining("assay.result/9");
    }

    @Test
    void listsThatEarlierVersionsDidNotWriteAreEmpty() throws Exception {
        String less = text(Records.of(Records.everyKind().get(5))).replaceFirst(",\\s*\"groups\" : \\[[^\\]]*]", "");
        Path file = Files.writeString(folder.resolve("result.json"), less);
        assertThat(less).doesNotContain("groups");
        assertThat(((Heatmap) new ResultJsonReader().read(file).results().getFirst()).groups()).isEmpty();
    }

    @Test
    void aGraphOfAnEarlierVersionHasNoNamesOfEdges() throws Exception {
        Result graph = Records.everyKind().stream().filter(GraphPicture.class::isInstance).findFirst().orElseThrow();
        String less = text(Records.of(graph)).replaceFirst(",\\s*\"edgeNames\" : \\{[^}]*}", "");
        assertThat(less).doesNotContain("edgeNames");
        Path file = Files.writeString(folder.resolve("result.json"), less);
        assertThat(((GraphPicture) new ResultJsonReader().read(file).results().getFirst()).edgeNames())
                .isEqualTo(GraphPicture.EdgeNames.NONE);
    }

    @Test
    void fieldsOfLaterVersionsArePassedOver() throws Exception {
        String more = text(Records.of(new Scalar("a", "A", 1, "", "")))
                .replaceFirst("\\{", "{ \"new\": {\"x\": [1, {\"y\": 2}]}, \"newer\": [[1]],");
        Path file = Files.writeString(folder.resolve("result.json"), more);
        assertThat(new ResultJsonReader().read(file).results()).hasSize(1);
    }

    @Property(tries = 200)
    void anyNumbersAndTextsComeBack(
            @ForAll double scalar, @ForAll @Size(max = 20) double[] values, @ForAll String title) throws Exception {
        Result curve = new Curve(
                "c",
                title,
                dev.assay.analysis.result.Axis.of(title, ""),
                dev.assay.analysis.result.Axis.of("y", ""),
                List.of(Curve.Series.of(title, values, values)),
                null);
        List<Result> results = List.of(new Scalar("s", title, scalar, title, title), curve);
        Path file = Files.createTempFile("result", ".json");
        try {
            Files.writeString(file, text(Records.of(results.toArray(Result[]::new))));
            assertThat(new ResultJsonReader().read(file).results())
                    .usingRecursiveComparison()
                    .withEqualsForType((a, b) -> Double.compare(a, b) == 0, Double.class)
                    .isEqualTo(results);
        } finally {
            Files.delete(file);
        }
    }

    private static boolean sameRows(Table a, Table b) {
        if (a.rowCount() != b.rowCount() || !a.columns().equals(b.columns()) || !a.title().equals(b.title())) {
            return false;
        }
        for (int row = 0; row < a.rowCount(); row++) {
            for (int c = 0; c < a.columns().size(); c++) {
                if (!java.util.Objects.equals(a.value(row, c), b.value(row, c))) {
                    return false;
                }
            }
        }
        return true;
    }
}

package dev.assay.ui.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Table;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowFilterTest {

    private static final Table TABLE = new Table.Builder(
            "t",
            "T",
            List.of(
                    Column.text("slack", "Slack"),
                    Column.text("class", "Class name"),
                    Column.integer("support", "Support"),
                    Column.share("recall", "Recall"),
                    Column.bool("right", "Right")))
            .add("0", "zero", 100L, 0.5, true)
            .add("0.01", "one", 120L, 0.8, false)
            .add("1/100", "Twenty one", 7L, null, true)
            .add("0.05", null, null, 0.95, null)
            .snapshot();

    private static List<Integer> passing(String filter) {
        var test = RowFilter.parse(filter, TABLE.columns()).on(TABLE);
        return IntStream.range(0, TABLE.rowCount()).filter(test).boxed().toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "recall < 0.8 | 0",
                "recall<=0.8 | 0,1",
                "recall < 80% | 0",
                "recall >= 4/5 | 1,3",
                "support = 120 | 1",
                "support != 120 | 0,2,3",
                "slack = 0.01 | 1,2",
                "slack > 0.005 | 1,2,3",
                "class = one | 1",
                "class:one | 1,2",
                "\"class name\" = \"twenty one\" | 2",
                "ONE | 1,2",
                "7 | 2",
                "one right = yes | 2",
                "right = no | 1",
                "support > 10 recall < 0.7 | 0",
                "zebra | ''",
                "'' | 0,1,2,3",
                "'   ' | 0,1,2,3"
            })
    void letsThroughTheRowsMeant(String filter, String rows) {
        List<Integer> expected =
                rows.isEmpty() ? List.of() : List.of(rows.split(",")).stream().map(Integer::valueOf).toList();
        assertThat(passing(filter)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"recal < 0.8", "speed > 1"})
    void namesTheColumnsWhenThereIsNoneOfThatName(String filter) {
        assertThatThrownBy(() -> passing(filter)).hasMessageContaining("there is no column")
                .hasMessageContaining("recall");
    }

    @Test
    void saysThatANumberIsNeeded() {
        assertThatThrownBy(() -> passing("recall < high")).hasMessage("'high' is not a number");
    }

    @Test
    void saysThatTextsAreNotOrdered() {
        assertThatThrownBy(() -> passing("class < one")).hasMessageContaining("= and !=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"recall <", "recall <= ", "class !", "one recall ="})
    void asksForTheValueOfAnUnfinishedComparison(String filter) {
        assertThatThrownBy(() -> passing(filter)).hasMessageContaining("to be compared with?");
    }

    @Test
    void saysThatAQuotationMarkIsOpen() {
        assertThatThrownBy(() -> passing("\"twenty")).hasMessageContaining("quotation mark");
    }
}

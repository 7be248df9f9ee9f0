package dev.assay.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.analysis.InputException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportJsonTest {

    private final ReportJson json = new ReportJson();

    private static final Report REPORT = new Report("Title", List.of(
            new Block.Heading("Part", 1), new Block.Note("text"),
            new Block.Finding(List.of("a", "b"), "curve/x", "caption"), new Block.Screenshot("p.png", "shot"),
            new Block.Summary("a"), new Block.Parameters(List.of("a")), new Block.Origin("b")));

    @Test
    void whatIsWrittenIsReadBack() throws Exception {
        assertThat(json.read(json.write(REPORT), "here")).isEqualTo(REPORT);
        for (Block block : REPORT.blocks()) {
            assertThat(json.readBlock(json.write(block))).isEqualTo(block);
        }
    }

    @Test
    void aBlockOfANewerVersionBecomesANote() throws Exception {
        String text = json.write(REPORT).replace("\"block\":\"summary\"", "\"block\":\"hologram\"");
        Report read = json.read(text, "here");
        assertThat(read.blocks()).hasSize(REPORT.blocks().size());
        assertThat(read.blocks().get(4)).isInstanceOfSatisfying(Block.Note.class,
                n -> assertThat(n.markdown()).contains("hologram"));
    }

    @Test
    void damagedTextIsSaid() {
        for (String text : List.of("", "{", "[]", "{\"schema\":\"assay.report/9\"}", "null")) {
            assertThatThrownBy(() -> json.read(text, "My report"))
                    .as(text)
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("My report");
        }
    }

    @Test
    void doneAgainNewRunsStandBesideTheOldOnes() {
        Report again = REPORT.again(Map.of("a", "a2"));
        assertThat(again.blocks())
                .contains(
                        new Block.Parameters(List.of("a", "a2")),
                        new Block.Finding(List.of("a", "a2"), ResultName.FIGURES, ""),
                        new Block.Finding(List.of("a", "a2", "b"), "curve/x", "caption"),
                        new Block.Summary("a2"),
                        new Block.Origin("b"))
                .doesNotContain(new Block.Summary("a"));
    }
}

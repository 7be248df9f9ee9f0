package dev.assay.ui.shell.help;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.Analysis;
import dev.assay.run.Catalogue;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Labeled;
import javafx.scene.control.ScrollPane;
import javafx.scene.text.Text;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;
import org.testfx.util.WaitForAsyncUtils;

class MarkdownViewTest {

    private final List<String> opened = new ArrayList<>();

    @BeforeAll
    static void toolkit() throws Exception {
        FxToolkit.registerPrimaryStage();
    }

    private MarkdownView view(String markdown) {
        return WaitForAsyncUtils.waitForAsyncFx(10_000, () -> new MarkdownView(markdown, opened::add));
    }

    private static List<String> texts(Node node) {
        List<String> found = new ArrayList<>();
        if (node instanceof Text text) {
            found.add(text.getText());
        } else if (node instanceof Labeled labeled) {
            found.add(labeled.getText());
        } else if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> found.addAll(texts(child)));
        }
        return found;
    }

    @Test
    void paragraphsKeepTheirWordsAndEmphasis() {
        MarkdownView view = view("plain **strong** and `code`");
        assertThat(String.join("", texts(view))).isEqualTo("plain strong and code");
    }

    @Test
    void listsAreMarkedAndNumbered() {
        assertThat(texts(view("- a\n- b"))).containsExactly("\u2022", "a", "\u2022", "b");
        assertThat(texts(view("3. a\n4. b"))).containsExactly("3.", "a", "4.", "b");
    }

    @Test
    void tablesKeepTheirCells() {
        assertThat(texts(view("| x | y |\n| --- | --- |\n| 1 | 2 |"))).containsExactly("x", "y", "1", "2");
    }

    @Test
    void linksOpenTheirAddress() {
        MarkdownView view = view("see [here](https://example.org)");
        WaitForAsyncUtils.waitForAsyncFx(10_000, () -> {
            ((Hyperlink) ((Parent) view.getChildren().getFirst())
                    .getChildrenUnmodifiable().get(1))
                    .fire();
            return null;
        });
        assertThat(opened).containsExactly("https://example.org");
    }

    private static List<FormulaView> formulas(Node node) {
        List<FormulaView> found = new ArrayList<>();
        if (node instanceof FormulaView formula) {
            found.add(formula);
        } else if (node instanceof ScrollPane scroll) {
            found.addAll(formulas(scroll.getContent()));
        } else if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> found.addAll(formulas(child)));
        }
        return found;
    }

    @Test
    void formulasAreDrawnAndCanBeReadOut() {
        List<FormulaView> found =
                formulas(view("a `$\\hat y$` b\n\n```math\n\\frac{1}{n}\\sum_i\\lambda_i\n```"));
        assertThat(found).hasSize(2);
        assertThat(found.get(1).getAccessibleText()).isEqualTo("\\frac{1}{n}\\sum_i\\lambda_i");
        assertThat(found.get(1).getPrefHeight()).isGreaterThan(found.get(0).getPrefHeight());
        assertThat(found.get(0).getPrefWidth()).isBetween(4.0, 20.0);
    }

    @Test
    void whatIsNoFormulaStaysAsItIsWritten() {
        MarkdownView view = view("```math\n\\nosuch{1}\n```\n\n`$\\nosuchcommand$`");
        assertThat(formulas(view)).isEmpty();
        assertThat(texts(view)).containsExactly("\\nosuch{1}", "$\\nosuchcommand$");
    }

    @Test
    void everyFormulaOfEveryHelpPageCanBeDrawn() {
        for (Analysis<?> analysis : Catalogue.load().analyses()) {
            String help = analysis.info().help();
            int written = help.split("```math", -1).length - 1;
            assertThat(written).as("formulas of " + analysis.info().id()).isPositive();
            assertThat(formulas(view(help))).as(analysis.info().id()).hasSize(written);
        }
    }

    @Test
    void everyAnalysisTellsItsSourceOnceInACitationThatCanBeLookedUp() {
        for (Analysis<?> analysis : Catalogue.load().analyses()) {
            String citation = analysis.info().citation();
            assertThat(citation).as(analysis.info().id()).containsPattern("(19|20)\\d\\d")
                    .containsPattern("arXiv \\d{4}\\.\\d{4,5}|doi");
            // The help pane and the command line put it under the page.
            assertThat(analysis.info().help()).as(analysis.info().id()).doesNotContain("Citation:");
        }
    }

    @Test
    void anEmptyPageIsEmpty() {
        assertThat(view("").getChildren()).isEmpty();
    }
}

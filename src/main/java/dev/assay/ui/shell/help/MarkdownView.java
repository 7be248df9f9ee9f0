package dev.assay.ui.shell.help;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Separator;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.scene.text.Text;
import javafx.scene.text.TextFlow;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableCell;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.Emphasis;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.ThematicBreak;
import org.commonmark.parser.Parser;

/**
 * Markdown as JavaFX nodes: headings, paragraphs, lists, tables, code, links, and formulas in LaTeX: a code block of the kind
 * {@code math}, or code between dollars. Raw HTML is shown as text.
 */
public final class MarkdownView extends VBox {

    private static final double CELL_PADDING = 14;
    private static final double LETTER = 7.5;
    private static final double FORMULA_INDENT = 16;
    private static final double FORMULA_ROOM = 10;
    private static final double SCROLL_BAR = 14;

    private final Consumer<String> onLink;

    /**
     * A page.
     *
     * @param markdown the text
     * @param onLink opens an address
     */
    public MarkdownView(String markdown, Consumer<String> onLink) {
        this(markdown, onLink, true);
    }

    /** A page whose first heading is shown elsewhere. */
    public static MarkdownView withoutTitle(String markdown, Consumer<String> onLink) {
        return new MarkdownView(markdown, onLink, false);
    }

    private MarkdownView(String markdown, Consumer<String> onLink, boolean title) {
        this.onLink = onLink;
        setId("markdown");
        getStyleClass().add("markdown");
        setSpacing(8);
        Parser parser = Parser.builder().extensions(List.of(TablesExtension.create())).build();
        org.commonmark.node.Node page = parser.parse(markdown);
        if (!title && page.getFirstChild() instanceof Heading first && first.getLevel() == 1) {
            first.unlink();
        }
        addBlocks(this, page);
    }

    private static Stream<org.commonmark.node.Node> children(org.commonmark.node.Node parent) {
        return Stream.iterate(parent.getFirstChild(), Objects::nonNull, org.commonmark.node.Node::getNext);
    }

    private void addBlocks(VBox box, org.commonmark.node.Node parent) {
        children(parent).map(this::block).forEach(box.getChildren()::add);
    }

    private Node block(org.commonmark.node.Node node) {
        return switch (node) {
            case Heading heading -> heading(heading);
            case Paragraph paragraph -> flow(paragraph, "");
            case BulletList list -> list(list, false);
            case OrderedList list -> list(list, true);
            case FencedCodeBlock code -> "math".equals(code.getInfo())
                    ? FormulaView.of(code.getLiteral().strip(), true)
                            .<Node>map(MarkdownView::standing)
                            .orElseGet(() -> code(code.getLiteral()))
                    : code(code.getLiteral());
            case IndentedCodeBlock code -> code(code.getLiteral());
            case BlockQuote quote -> {
                VBox box = new VBox(8);
                box.getStyleClass().add("quote");
                addBlocks(box, quote);
                yield box;
            }
            case TableBlock table -> table(table);
            case ThematicBreak rule -> new Separator();
            default -> flow(node, "");
        };
    }

    private Node heading(Heading heading) {
        TextFlow flow = flow(heading, heading.getLevel() <= 1 ? "page-title" : "panel-title");
        flow.getStyleClass().add("heading");
        return flow;
    }

    private Node list(org.commonmark.node.Node list, boolean numbered) {
        VBox box = new VBox(4);
        int number = list instanceof OrderedList ordered && ordered.getMarkerStartNumber() != null
                ? ordered.getMarkerStartNumber()
                : 1;
        for (org.commonmark.node.Node item : children(list).toList()) {
            Label marker = new Label(numbered ? number++ + "." : "\u2022");
            marker.setMinWidth(20);
            VBox content = new VBox(4);
            addBlocks(content, item);
            HBox.setHgrow(content, Priority.ALWAYS);
            box.getChildren().add(new HBox(4, marker, content));
        }
        return box;
    }

    private static Node code(String text) {
        Label label = new Label(text.stripTrailing());
        label.getStyleClass().addAll("mono", "code-block");
        label.setMaxWidth(Double.MAX_VALUE);
        return label;
    }

    /** A formula on a line of its own: smaller where the page is narrow, and scrolled where that is not enough. */
    private static Node standing(FormulaView formula) {
        ScrollPane scroll = new ScrollPane(formula);
        scroll.getStyleClass().addAll("edge-to-edge", "formula-line");
        scroll.setVbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.setFocusTraversable(false);
        scroll.widthProperty().addListener((o, was, is) -> {
            boolean fits = formula.fit(is.doubleValue() - FORMULA_INDENT);
            scroll.setMinHeight(formula.getPrefHeight() + (fits ? FORMULA_ROOM : FORMULA_ROOM + SCROLL_BAR));
        });
        return scroll;
    }

    private static Node inline(String code) {
        boolean formula = code.length() > 2 && code.startsWith("$") && code.endsWith("$");
        Optional<FormulaView> view =
                formula ? FormulaView.of(code.substring(1, code.length() - 1), false) : Optional.empty();
        return view.<Node>map(v -> v).orElseGet(() -> text(code, "mono"));
    }

    private Node table(TableBlock table) {
        GridPane grid = new GridPane();
        grid.getStyleClass().add("markdown-table");
        int row = 0;
        for (org.commonmark.node.Node part : children(table).toList()) {
            for (org.commonmark.node.Node tableRow : children(part).filter(TableRow.class::isInstance).toList()) {
                int column = 0;
                for (org.commonmark.node.Node cell : children(tableRow).toList()) {
                    TextFlow flow = flow(cell, ((TableCell) cell).isHeader() ? "text-bold" : "");
                    flow.getStyleClass().add("markdown-cell");
                    flow.setMinWidth(CELL_PADDING + LETTER * longestWord(flow));
                    GridPane.setHgrow(flow, Priority.SOMETIMES);
                    grid.add(flow, column++, row);
                }
                row++;
            }
        }
        return grid;
    }

    /** Letters of the longest word; a cell that is narrower would be broken within words. */
    private static int longestWord(TextFlow flow) {
        return flow.getChildren().stream()
                .filter(Text.class::isInstance)
                .flatMap(text -> Stream.of(((Text) text).getText().split("\\s+")))
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }

    private TextFlow flow(org.commonmark.node.Node block, String styleClass) {
        TextFlow flow = new TextFlow();
        addInlines(flow, block, styleClass);
        return flow;
    }

    private void addInlines(TextFlow flow, org.commonmark.node.Node parent, String styleClass) {
        for (org.commonmark.node.Node node : children(parent).toList()) {
            switch (node) {
                case org.commonmark.node.Text text -> flow.getChildren().add(text(text.getLiteral(), styleClass));
                case SoftLineBreak ignored -> flow.getChildren().add(text(" ", styleClass));
                case HardLineBreak ignored -> flow.getChildren().add(text("\n", styleClass));
                case Code code -> flow.getChildren().add(inline(code.getLiteral()));
                case StrongEmphasis strong -> addInlines(flow, strong, "text-bold");
                case Emphasis emphasis -> addInlines(flow, emphasis, "text-italic");
                case Link link -> flow.getChildren().add(link(link));
                default -> addInlines(flow, node, styleClass);
            }
        }
    }

    private static Text text(String literal, String styleClass) {
        Text text = new Text(literal);
        text.getStyleClass().add("text");
        if (!styleClass.isEmpty()) {
            text.getStyleClass().add(styleClass);
        }
        return text;
    }

    private Hyperlink link(Link link) {
        TextFlow inner = new TextFlow();
        addInlines(inner, link, "");
        StringBuilder label = new StringBuilder();
        inner.getChildren().forEach(n -> label.append(n instanceof Text t ? t.getText() : ""));
        Hyperlink hyperlink = new Hyperlink(label.toString());
        hyperlink.setOnAction(e -> onLink.accept(link.getDestination()));
        return hyperlink;
    }
}

package dev.assay.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.analysis.InputException;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Column;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.ImageGrid;
import dev.assay.analysis.result.Picture;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Table;
import dev.assay.chart.SeriesColours;
import dev.assay.run.RunState;
import dev.assay.run.json.ResultFolder;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentNameDictionary;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.graphics.PDXObject;
import org.apache.pdfbox.pdmodel.graphics.form.PDFormXObject;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.pdmodel.interactive.action.PDActionURI;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotation;
import org.apache.pdfbox.pdmodel.interactive.annotation.PDAnnotationLink;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportFilesTest {

    @TempDir
    Path folder;

    private FolderSource source;

    @BeforeEach
    void pictures() throws IOException {
        source = new FolderSource(folder);
        BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        image.setRGB(3, 3, 0xff8800);
        ImageIO.write(image, "png", folder.resolve("shot.png").toFile());
    }

    private String keep(String name, double value, dev.assay.analysis.result.Result... more) throws IOException {
        Path run = folder.resolve(name);
        new ResultFolder().write(Runs.run(name, value, run, more), run);
        return run.toString();
    }

    private String html(Report report) throws InputException, IOException {
        Path file = folder.resolve("report.html");
        ReportFiles.write(report, source, file, () -> false);
        return Files.readString(file);
    }

    private PDDocument pdf(Report report) throws InputException, IOException {
        Path file = folder.resolve("report.pdf");
        ReportFiles.write(report, source, file, () -> false);
        return Loader.loadPDF(file.toFile());
    }

    private Report everything() throws IOException {
        List<String> keys = List.of(keep("one", 0.25), keep("two", 0.75));
        Report report = Templates.COMPARISON.of(keys, source);
        return report.with(new Block.Note("# Found\n\nA **bold** claim, <script>alert(1)</script>\n\n- point\n\n"
                + "| a | b |\n|---|---|\n| 1 | 2 |\n\n![far](https://example.org/x.png)"))
                .with(new Block.Screenshot("shot.png", "The window"))
                .with(new Block.Summary(keys.getFirst()))
                .withTitle("Net & <co>");
    }

    @Test
    void aPageNeedsNothingFromElsewhere() throws Exception {
        String page = html(everything());
        Matcher loads = Pattern.compile("(?:src|href)=\"([^\"]*)\"").matcher(page);
        while (loads.find()) {
            String to = loads.group(1);
            assertThat(to)
                    .matches(t -> t.startsWith("data:") || t.startsWith("#") || t.equals("https://example.org/x.png"));
        }
        assertThat(page).doesNotContain("<script src", "<link", "@import", "url(http", "<img alt=\"far\"");
        assertThat(page).contains("Net &amp; &lt;co&gt;", "&lt;script&gt;alert(1)", "<strong>bold</strong>")
                .doesNotContain("<script>alert(1)");
        assertThat(page).contains("prefers-color-scheme", "@media print", "aria-sort");
    }

    @Test
    void namesInsideAPageAreThereOnce() throws Exception {
        String page = html(everything());
        Set<String> ids = new HashSet<>();
        Matcher id = Pattern.compile(" id=\"([^\"]*)\"").matcher(page);
        while (id.find()) {
            assertThat(ids.add(id.group(1))).as(id.group(1)).isTrue();
        }
        Matcher used = Pattern.compile("url\\(#([^)]*)\\)").matcher(page);
        while (used.find()) {
            assertThat(ids).contains(used.group(1));
        }
        assertThat(ids.size()).isGreaterThan(20);
    }

    @Test
    void tablesKeepAllDigitsForSorting() throws Exception {
        String page =
                html(new Report("t", List.of(new Block.Finding(List.of(keep("one", 1 / 3.0)), "table/layers", ""))));
        assertThat(page).contains("data-v=\"0.1111111111111111\">11.1\u202f%<");
    }

    @Test
    void paperHasTextsAsTextsAndChartsAsLines() throws Exception {
        try (PDDocument document = pdf(everything())) {
            String text = new PDFTextStripper().getText(document);
            assertThat(text).contains("Net & <co>", "Growth", "Key figures in percent", "A bold claim", "The window");
            assertThat(document.getDocumentInformation().getTitle()).isEqualTo("Net & <co>");
        }
        Report curve = new Report("c", List.of(new Block.Finding(List.of(keep("one", 0.5)), "curve/growth", "")));
        try (PDDocument document = pdf(curve)) {
            assertThat(images(document.getPage(0).getResources())).isZero();
            assertThat(new PDFTextStripper().getText(document)).contains("Slack");
        }
    }

    private static int images(PDResources resources) throws IOException {
        int count = 0;
        for (COSName name : resources.getXObjectNames()) {
            PDXObject object = resources.getXObject(name);
            if (object instanceof PDImageXObject) {
                count++;
            } else if (object instanceof PDFormXObject form && form.getResources() != null) {
                count += images(form.getResources());
            }
        }
        return count;
    }

    @Test
    void aTableThatIsCutIsAttachedWhole() throws Exception {
        Path run = folder.resolve("long");
        new ResultFolder()
                .write(Runs.record("long", 1, run, RunState.DONE, List.of(Runs.table(1, 3_000))), run);
        Report report = new Report("t", List.of(new Block.Finding(List.of(run.toString()), "table/layers", "")));
        String page = html(report);
        assertThat(page).contains("The first 500 of 3\u202f000 rows are shown");
        Matcher file = Pattern.compile("data:application/gzip;base64,([A-Za-z0-9+/=]+)").matcher(page);
        assertThat(file.find()).isTrue();
        byte[] csv = new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(file.group(1))))
                .readAllBytes();
        assertThat(new String(csv, java.nio.charset.StandardCharsets.UTF_8).lines()).hasSize(3_001);
        try (PDDocument document = pdf(report)) {
            var files = new PDDocumentNameDictionary(document.getDocumentCatalog())
                    .getEmbeddedFiles()
                    .getNames();
            assertThat(files).containsOnlyKeys("layers.csv");
            assertThat(new String(
                    files.get("layers.csv").getEmbeddedFile().toByteArray(),
                    java.nio.charset.StandardCharsets.UTF_8).lines()).hasSize(3_001);
        }
    }

    @Test
    void aTableOfAMillionRowsLiesBesideThePage() throws Exception {
        ReportSource million = new ReportSource() {
            private final ReportRun run = ReportRun.of(
                    Runs.record("m", 1, folder, RunState.DONE, List.of(Runs.table(1, 1_000_000))));

            @Override
            public ReportRun run(String key) {
                return run;
            }

            @Override
            public byte[] picture(String file) throws IOException {
                throw new IOException("none");
            }
        };
        Report report = new Report("t", List.of(new Block.Finding(List.of("m"), "table/layers", "")));
        Path file = folder.resolve("big.html");
        List<Path> beside = ReportFiles.write(report, million, file, () -> false);
        assertThat(Files.size(file)).isLessThan(500_000);
        assertThat(beside).containsExactly(folder.resolve("big-tables").resolve("layers.csv"));
        try (Stream<String> lines = Files.lines(beside.getFirst())) {
            assertThat(lines.count()).isEqualTo(1_000_001);
        }
        ReportFiles.write(report, million, folder.resolve("big.pdf"), () -> false);
        try (PDDocument document = Loader.loadPDF(folder.resolve("big.pdf").toFile())) {
            assertThat(document.getNumberOfPages()).isLessThan(6);
        }
    }

    @Test
    void aRunThatIsHalfWrittenOrNewerOrGoneIsNamedInTheReport() throws Exception {
        String good = keep("good", 0.5);
        String half = keep("half", 0.5);
        Path json = Path.of(half).resolve(ResultFolder.RESULT);
        String text = Files.readString(json);
        Files.writeString(json, text.substring(0, text.length() / 2));
        String newer = keep("newer", 0.5);
        Path other = Path.of(newer).resolve(ResultFolder.RESULT);
        Files.writeString(other, Files.readString(other).replace("assay.result/1", "assay.result/9"));
        String gone = folder.resolve("gone").toString();
        Report report = Templates.ONE_RUN.of(List.of(half, good, newer, gone), source);
        String page = html(report);
        assertThat(page)
                .contains("\u201chalf\u201d cannot be read", "\u201cnewer\u201d cannot be read", "assay.result/9",
                        "\u201cgone\u201d cannot be read", "Growth");
        Report compared = Templates.COMPARISON.of(List.of(half, good, newer), source);
        assertThat(html(compared)).contains("One run cannot be read. half:", "Growth");
        try (PDDocument document = pdf(report)) {
            assertThat(new PDFTextStripper().getText(document)).contains("cannot be read", "Growth");
        }
    }

    @Test
    void inputsThatAreGoneAndRunsThatFailedAreSaid() throws Exception {
        Path run = folder.resolve("failed");
        new ResultFolder().write(Runs.record("failed", 0.5, run, RunState.FAILED, Runs.all(0.5)), run);
        String page = html(Templates.ONE_RUN.of(List.of(run.toString()), source));
        assertThat(page).contains("This run failed: the labels are missing", "What it had found is shown",
                "No longer in its place: net &lt;1&gt;.onnx", "A &lt;b&gt;warning&lt;/b&gt; &amp; more");
    }

    @Test
    void resultsThatAreNotThereAndPicturesThatAreGoneAreSaid() throws Exception {
        Report report = new Report("t", List.of(
                new Block.Finding(List.of(keep("one", 0.5)), "curve/none", ""),
                new Block.Screenshot("no.png", "Lost"), new Block.Screenshot("../../etc/passwd", "")));
        assertThat(html(report))
                .contains("There is no \u201cNone\u201d (curve/none) in this run.",
                        "\u201cLost\u201d is no longer beside")
                .doesNotContain("root:x:");
    }

    @Test
    void whenTheFileCannotBeWrittenWhatWasThereStays() throws Exception {
        Report report = new Report("t", List.of(new Block.Note("x")));
        Path blocked = folder.resolve("blocked.html");
        Files.createDirectory(blocked);
        assertThatThrownBy(() -> ReportFiles.write(report, source, blocked, () -> false))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("it is a folder")
                .hasMessageContaining("choose another place");
        Path inFile = folder.resolve("shot.png").resolve("report.pdf");
        assertThatThrownBy(() -> ReportFiles.write(report, source, inFile, () -> false))
                .isInstanceOf(InputException.class);
        assertThatThrownBy(() -> ReportFiles.write(report, source, folder.resolve("report.docx"), () -> false))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("let the name end with .html or .pdf");
        Path kept = Files.writeString(folder.resolve("kept.pdf"), "old");
        assertThatThrownBy(() -> ReportFiles.write(report, source, kept, () -> true))
                .isInstanceOf(StoppedException.class);
        assertThat(kept).hasContent("old");
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(p -> p.getFileName().toString())).noneMatch(n -> n.startsWith("."));
        }
    }

    @Test
    void anEmptyReportAndLettersOfAllScriptsCanBeWritten() throws Exception {
        Report report = new Report("\u732b \u30cd\u30c3\u30c8 \u05d0\u05d1", List.of());
        assertThat(html(report)).contains("\u732b");
        try (PDDocument document = pdf(report)) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            PDPage page = document.getPage(0);
            assertThat(page.getMediaBox().getHeight()).isEqualTo(842);
        }
    }

    @Test
    void theModelCardAsksForWhatOnlyPeopleKnow() throws Exception {
        String page = html(Templates.MODEL_CARD.of(List.of(keep("one", 0.5)), source));
        assertThat(page).contains("Intended use", "Limits", "Growth");
    }

    @Test
    void tablesBesideAPageAreFoundWhateverThePageIsCalled() throws Exception {
        Report report = new Report(
                "t",
                List.of(new Block.Finding(List.of(keep("one", 0.5, Runs.table(0.5, 100_001))), "table/layers", "")));
        Path file = folder.resolve("run #3, 100% \u00fc.html");
        List<Path> beside = ReportFiles.write(report, source, file, () -> false);

        Matcher link = Pattern.compile("href=\"([^\"#][^\"]*)\"").matcher(Files.readString(file));
        assertThat(link.find()).isTrue();
        URI to = file.toUri().resolve(link.group(1).replace("&#39;", "'").replace("&amp;", "&"));
        assertThat(Path.of(to)).isEqualTo(beside.getFirst()).exists();
    }

    @Test
    void aCutTableNamesTheFileThatHoldsItsRows() throws Exception {
        List<String> keys = List.of(
                keep("one", 0.5, Runs.table(0.5, 1200)), keep("two", 0.75, Runs.table(0.75, 1300)));
        Report report = new Report("t", List.of(
                new Block.Finding(List.of(keys.get(0)), "table/layers", ""),
                new Block.Finding(List.of(keys.get(1)), "table/layers", "")));
        try (PDDocument document = pdf(report)) {
            String text = new PDFTextStripper().getText(document).replaceAll("\\s+", " ");
            assertThat(text).contains("of 1\u202f200 rows are shown. All of them are in the attached file layers.csv.");
            assertThat(text)
                    .contains("of 1\u202f300 rows are shown. All of them are in the attached file 2-layers.csv.");
        }
        String page = html(report);
        Matcher names = Pattern.compile("attached file ([^ ]*)\\. <a download=\"([^\"]*)\"").matcher(page);
        List<String> told = new ArrayList<>();
        while (names.find()) {
            assertThat(names.group(1)).isEqualTo(names.group(2));
            told.add(names.group(1));
        }
        assertThat(told).hasSize(2);
    }

    @Test
    void whatIsTooLongForALineOfPaperIsBroken() throws Exception {
        String word = "0123456789".repeat(40);
        String lines = "\u732b".repeat(300);
        Report report = new Report("t", List.of(new Block.Note("see " + word + " and **" + word + "**\n\n" + lines)));
        try (PDDocument document = pdf(report)) {
            double[] right = {0};
            PDFTextStripper places = new PDFTextStripper() {
                @Override
                protected void writeString(String text, List<TextPosition> positions) {
                    positions.forEach(p -> right[0] = Math.max(right[0], p.getXDirAdj() + p.getWidthDirAdj()));
                }
            };
            places.getText(document);
            assertThat(right[0]).isLessThanOrEqualTo(PdfPages.PAGE_WIDTH - 40);
            assertThat(new PDFTextStripper().getText(document).replaceAll("\\s+", ""))
                    .contains("see" + word + "and" + word);
        }
    }

    @Test
    void aWideTableSaysInEveryPartWhichRowsItIsAbout() throws Exception {
        List<Column> columns = new ArrayList<>(List.of(Column.text("slack", "Slack"), Column.text("class", "Class")));
        for (int c = 0; c < 24; c++) {
            columns.add(Column.integer("n" + c, "Count" + c));
        }
        Table.Builder table = new Table.Builder("wide", "Wide", columns);
        for (String slack : List.of("none", "some")) {
            for (String name : List.of("cat", "dog")) {
                Object[] row = new Object[columns.size()];
                Arrays.fill(row, 7L);
                row[0] = slack;
                row[1] = name;
                table.add(row);
            }
        }
        try (PDDocument document = pdf(table.snapshot())) {
            String text = new PDFTextStripper().getText(document);
            assertThat(text.split("Slack Class", -1).length).isGreaterThan(2);
            assertThat(text.split("some dog", -1)).hasSameSizeAs(text.split("Slack Class", -1));
        }
    }

    private PDDocument pdf(Result result) throws Exception {
        ReportSource one = new ReportSource() {
            @Override
            public ReportRun run(String key) {
                return ReportRun.of(Runs.record(key, 1, folder, RunState.DONE, List.of(result)));
            }

            @Override
            public byte[] picture(String file) throws IOException {
                throw new IOException("none");
            }
        };
        Path file = folder.resolve("one.pdf");
        Report report = new Report("t", List.of(new Block.Finding(List.of("r"), ResultName.of(result), "")));
        ReportFiles.write(report, one, file, () -> false);
        return Loader.loadPDF(file.toFile());
    }

    @Test
    void picturesThatAreLeftOutOnPaperAreSaid() throws Exception {
        Picture dot = new Picture(1, 1, 1, new byte[] {9});
        List<ImageGrid.Item> items = IntStream.range(0, 61)
                .mapToObj(i -> new ImageGrid.Item(dot, "p" + i, null))
                .toList();
        try (PDDocument document = pdf(new ImageGrid("looks", "Looks", items))) {
            assertThat(new PDFTextStripper().getText(document)).contains("The first 60 of 61 pictures are shown.");
        }
    }

    @Test
    void linksOfANoteCanBeFollowedOnPaperAndTablesHaveColumns() throws Exception {
        Report report = new Report("t", List.of(
                new Block.Heading("Part", 1), new Block.Heading("Section", 2),
                new Block.Note("See [the paper](https://example.org/p) and <https://example.org/q>, "
                        + "not [this](javascript:alert(1)).\n\n| name | value |\n|---|---|\n| a | 12 |\n| longer | 3 |")));
        try (PDDocument document = pdf(report)) {
            List<String> to = new ArrayList<>();
            for (PDAnnotation annotation : document.getPage(0).getAnnotations()) {
                to.add(((PDActionURI) ((PDAnnotationLink) annotation).getAction()).getURI());
            }
            assertThat(to).isNotEmpty().allMatch(t -> t.startsWith("https://example.org/"));
            assertThat(to).contains("https://example.org/p", "https://example.org/q");
            String text = new PDFTextStripper().getText(document);
            assertThat(text).doesNotContain("example.org/q (https").contains("name value", "longer 3");
            assertThat(document.getDocumentCatalog().getDocumentOutline().getFirstChild().getFirstChild().getTitle())
                    .isEqualTo("Section");
        }
    }

    @Test
    void aNoticeLongerThanAPageGoesOnOnTheNext() throws Exception {
        String warning = "words that warn ".repeat(900) + "end of it";
        Report report = new Report("t", List.of(new Block.Summary("r")));
        ReportSource one = new ReportSource() {
            @Override
            public ReportRun run(String key) {
                return new ReportRun("r", null, warning);
            }

            @Override
            public byte[] picture(String file) throws IOException {
                throw new IOException("none");
            }
        };
        Path file = folder.resolve("notice.pdf");
        ReportFiles.write(report, one, file, () -> false);
        try (PDDocument document = Loader.loadPDF(file.toFile())) {
            double[] low = {0};
            PDFTextStripper places = new PDFTextStripper() {
                @Override
                protected void writeString(String text, List<TextPosition> positions) {
                    positions.forEach(p -> low[0] = Math.max(low[0], p.getYDirAdj()));
                }
            };
            places.getText(document);
            assertThat(document.getNumberOfPages()).isGreaterThan(1);
            assertThat(low[0]).isLessThan(842);
            assertThat(new PDFTextStripper().getText(document)).contains("end of it");
        }
    }

    @Test
    void namesThatLookLikeAttributesStayNames() throws Exception {
        Curve curve = new Curve("c", "T id=\"x\" fill=\"white\"", Axis.of("x", ""), Axis.of("y", ""),
                List.of(Curve.Series.of("s", new double[] {0, 1}, new double[] {0, 1})), null);
        String svg = new InlineSvg(new SeriesColours()).of(curve, "");

        assertThat(svg).contains(">T id=\"x\" fill=\"white\"<");
    }

    @Test
    void partsAreCalledByTheTitlesOfTheirResults() throws Exception {
        String one = keep("one", 0.25);
        String two = keep("two", 0.75);
        Block growth = new Block.Finding(List.of(one), "ranking/best", "");
        Block both = new Block.Finding(List.of(one, two), "ranking/best", "");
        BlockWords words = BlockWords.of(new Report("t", List.of(growth, both, new Block.Summary(two))), source);

        assertThat(growth.inWords()).isEqualTo("Best");
        assertThat(words.of(growth)).startsWith("Best units \u00b7 ");
        assertThat(words.of(both)).isEqualTo("Best units of 2 runs");
        assertThat(words.of(new Block.Summary(two))).startsWith("Run summary \u00b7 ");
        assertThat(BlockWords.NONE.of(growth)).isEqualTo("Best");
        assertThat(BlockWords.of(new Report("t", List.of(growth)), source).of(growth)).isEqualTo("Best units");
    }

    @Test
    void tabsAndControlCharactersCanBePutOnPaper() throws Exception {
        Report report = new Report("a\tb\u0007", List.of(
                new Block.Note("tab\there\n\n    code\tin\ttabs\r\n    more\n\n- \ud83d\ude00 smile\u0001"),
                new Block.Heading("x\u0000y", 1)));
        try (PDDocument document = pdf(report)) {
            assertThat(new PDFTextStripper().getText(document)).contains("here", "more");
        }
        assertThat(html(report)).contains("here");
    }
}

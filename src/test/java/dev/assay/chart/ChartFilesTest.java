package dev.assay.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.assay.analysis.WholeFile;
import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scalar;
import java.awt.GraphicsEnvironment;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xml.sax.InputSource;

class ChartFilesTest {

    private static final ChartView VIEW = ChartView.of(ChartTheme.LIGHT, "setting");

    @TempDir
    private Path folder;

    static List<Result> kinds() {
        return Samples.all();
    }

    private static Chart chart(Result result) {
        return ResultCharts.chart(result, VIEW, 600, 360);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyKindIsWrittenAsWellFormedSvgThatNamesWhatItShows(Result result) throws Exception {
        String svg = ChartFiles.svg(chart(result));
        var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(
                new InputSource(new StringReader(svg)));

        assertThat(document.getDocumentElement().getAttribute("viewBox")).isEqualTo("0 0 600 360");
        assertThat(document.getElementsByTagName("title").item(0).getTextContent()).isEqualTo(result.title());
        assertThat(svg).doesNotContain("Assay Inter");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyKindIsWrittenAsPdfWithTexts(Result result) throws IOException {
        Path file = folder.resolve("chart.pdf");
        ChartFiles.pdf(chart(result), file);
        try (PDDocument document = Loader.loadPDF(file.toFile())) {
            assertThat(document.getPage(0).getMediaBox().getWidth()).isEqualTo(600f);
            assertThat(new PDFTextStripper().getText(document)).contains(result.title(), "setting");
        }
    }

    @Test
    void sameChartGivesTheSameSvg() throws IOException {
        assertThat(ChartFiles.svg(chart(Samples.states()))).isEqualTo(ChartFiles.svg(chart(Samples.states())));
        assertThat(ChartFiles.svg(chart(Samples.graph()))).isEqualTo(ChartFiles.svg(chart(Samples.graph())));
    }

    @Test
    void smallMatrixIsVectorAndALargeOneAPicture() throws IOException {
        assertThat(ChartFiles.svg(chart(Samples.states()))).contains("data:image/png;base64,");
        assertThat(ChartFiles.svg(chart(Samples.conflicts()))).contains("<rect", ">96<");
    }

    @Test
    void pngHasTheScaleThatWasAskedFor() throws IOException {
        Path file = folder.resolve("chart.png");
        ChartFiles.png(chart(Samples.recall()), file, 3);
        BufferedImage image = ImageIO.read(file.toFile());

        assertThat(image.getWidth()).isEqualTo(1800);
        assertThat(image.getHeight()).isEqualTo(1080);
    }

    @Test
    void darkPictureIsDark() {
        BufferedImage image = ResultCharts.chart(Samples.recall(), VIEW.withTheme(ChartTheme.DARK), 600, 360).image(1);

        assertThat(image.getRGB(1, 1)).isEqualTo(ChartPalette.of(ChartTheme.DARK).background().getRGB());
    }

    @Test
    void allChartsOfARunAreWrittenByTheirIds() throws IOException {
        List<Result> results = new ArrayList<>(List.of(Samples.recall(), Samples.states(), Samples.recall()));
        results.add(new Scalar("accuracy", "Accuracy", 0.5, "share", ""));
        List<Path> files = ChartFiles.writeAll(results, folder, ChartTheme.LIGHT);

        assertThat(files).extracting(f -> f.getFileName().toString())
                .containsExactly("train_recall.svg", "states.svg", "train_recall-2.svg");
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactlyInAnyOrderElementsOf(files);
        }
    }

    @Test
    void idCannotLeaveTheFolder() {
        assertThat(ChartFiles.fileName("../../etc/passwd")).isEqualTo("__.._etc_passwd");
        assertThat(ChartFiles.fileName("..")).isEqualTo("_");
        assertThat(ChartFiles.fileName("")).isEqualTo("chart");
    }

    @Test
    void fullDiskLeavesNoPartOfAFile() throws IOException {
        Configuration small = Configuration.unix().toBuilder().setMaxSize(20_000).setBlockSize(1_000).build();
        try (FileSystem disk = Jimfs.newFileSystem(small)) {
            Path out = Files.createDirectory(disk.getPath("/out"));
            Path file = out.resolve("chart.png");
            assertThatThrownBy(() -> ChartFiles.png(chart(Samples.states()), file, 4)).isInstanceOf(IOException.class);
            try (var left = Files.list(out)) {
                assertThat(left).isEmpty();
            }
        }
    }

    @Test
    void fileThatWasThereSurvivesAFailedWrite() throws IOException {
        Path file = folder.resolve("chart.svg");
        Files.writeString(file, "before");

        assertThatThrownBy(() -> WholeFile.write(file, out -> {
            out.write(1);
            throw new IOException("broken");
        }))
                .isInstanceOf(IOException.class);
        assertThat(file).hasContent("before");
    }

    @Test
    void namesThatTheShippedFontLacksAreWrittenToo() throws IOException {
        Curve curve = new Curve("cats", "\u732b", Axis.of("Step", ""), Axis.of("Value", ""),
                List.of(Curve.Series.of("a", new double[] {0, 1}, new double[] {0, 1})), null);
        Path file = folder.resolve("cats.pdf");
        ChartFiles.pdf(chart(curve), file);

        assertThat(ChartFiles.svg(chart(curve))).contains("\u732b");
        assertThat(Files.size(file)).isGreaterThan(1_000);
    }

    @Test
    void noDisplayIsNeeded() {
        assertThat(GraphicsEnvironment.isHeadless()).isTrue();
        assertThat(chart(Samples.recall()).image(1).getWidth()).isEqualTo(600);
    }

    @Test
    void charactersThatXmlForbidsDoNotSpoilAnSvg() throws Exception {
        Curve curve = new Curve("odd", "a\u0001b\ud83d", Axis.of("Step\u0000", ""), Axis.of("Value", ""),
                List.of(Curve.Series.of("x\u0008y", new double[] {0, 1}, new double[] {0, 1}),
                        Curve.Series.of("\ud83d\ude00", new double[] {0, 1}, new double[] {1, 0})),
                null);

        String svg = ChartFiles.svg(chart(curve));

        assertThat(javax.xml.parsers.DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new org.xml.sax.InputSource(new java.io.StringReader(svg))).getDocumentElement()
                .getTextContent())
                .contains("a\ufffdb", "x\ufffdy", "\ud83d\ude00");
    }
}

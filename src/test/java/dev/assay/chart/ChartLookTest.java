package dev.assay.chart;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analysis.result.Axis;
import dev.assay.analysis.result.Curve;
import dev.assay.analysis.result.Distribution;
import dev.assay.analysis.result.Heatmap;
import dev.assay.analysis.result.RefKind;
import dev.assay.analysis.result.Result;
import dev.assay.analysis.result.Scatter;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.HorizontalAlignment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChartLookTest {

    private static final ChartPalette LIGHT = ChartPalette.of(ChartTheme.LIGHT);
    private final ChartView fresh = ChartView.of(ChartTheme.LIGHT, "setting");

    static Stream<Result> kinds() {
        return Samples.all().stream();
    }

    private static int count(BufferedImage image, Color colour) {
        int count = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                count += isNear(new Color(image.getRGB(x, y)), colour) ? 1 : 0;
            }
        }
        return count;
    }

    /** Lines between pixels are blended a little with the ground. */
    private static boolean isNear(Color a, Color b) {
        return Math.abs(a.getRed() - b.getRed()) < 24
                && Math.abs(a.getGreen() - b.getGreen()) < 24
                && Math.abs(a.getBlue() - b.getBlue()) < 24;
    }

    private static boolean has(BufferedImage image, Color colour) {
        return colours(image).contains(colour.getRGB() & 0xFFFFFF);
    }

    private static Set<Integer> colours(BufferedImage image) {
        Set<Integer> colours = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                colours.add(image.getRGB(x, y) & 0xFFFFFF);
            }
        }
        return colours;
    }

    private static Curve lines(int count) {
        List<Curve.Series> series = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            series.add(Curve.Series.of("s" + i, new double[] {0, 1, 2}, new double[] {i, i + 0.7, i}));
        }
        return new Curve("lines", "Lines", Axis.of("Step", ""), Axis.of("Value", ""), series, RefKind.ofClass());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyKindIsCalm(Result result) {
        JFreeChart chart = ResultCharts.chart(result, fresh, 640, 400).jfree();
        XYPlot plot = chart.getXYPlot();

        assertThat(chart.getBackgroundPaint()).isNull();
        assertThat(chart.isBorderVisible()).isFalse();
        assertThat(plot.getBackgroundPaint()).isNull();
        assertThat(plot.isOutlineVisible()).isFalse();
        assertThat(plot.isDomainGridlinesVisible()).isFalse();
        assertThat(plot.getDomainAxis().getTickMarkInsideLength()).isZero();
        assertThat(chart.getTitle().getText()).isEqualTo(result.title());
        assertThat(chart.getTitle().getHorizontalAlignment()).isEqualTo(HorizontalAlignment.LEFT);
        assertThat(chart.getTitle().getFont().getSize2D()).isEqualTo(13f);
        assertThat(((TextTitle) chart.getSubtitle(0)).getText()).startsWith("setting");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyKindIsDrawnTransparentInBothThemes(Result result) {
        for (ChartTheme theme : ChartTheme.values()) {
            Chart chart = ResultCharts.chart(result, fresh.withTheme(theme), 640, 400);
            BufferedImage picture = new BufferedImage(640, 400, BufferedImage.TYPE_INT_ARGB);
            Graphics2D g2 = Chart.graphics(picture, 1);
            Drawn drawn = chart.draw(g2);
            g2.dispose();

            assertThat(picture.getRGB(639, 399) >>> 24).isZero();
            assertThat(drawn.plot().getWidth()).isGreaterThan(300);
            assertThat(drawn.plot().getHeight()).isGreaterThan(200);
            assertThat(colours(picture)).hasSizeGreaterThan(10);
        }
    }

    @Test
    void upToEightSeriesAreInTheColoursOfOkabeAndItoInTheirOrder() {
        BufferedImage image = ResultCharts.chart(lines(6), fresh, 640, 400).image(1);

        for (int rgb : new int[] {0xE69F00, 0x56B4E9, 0x009E73, 0x0072B2, 0xD55E00, 0xCC79A7}) {
            assertThat(count(image, new Color(rgb))).as("%06X", rgb).isGreaterThan(100);
        }
    }

    @Test
    void moreThanEightSeriesAreGreyButTheHighlightedOne() {
        BufferedImage image = ResultCharts.chart(lines(9), fresh.withHighlighted("s2"), 640, 400).image(1);

        assertThat(count(image, new Color(0x009E73))).isGreaterThan(100);
        for (int rgb : new int[] {0xE69F00, 0x56B4E9, 0x0072B2}) {
            assertThat(has(image, new Color(rgb))).as("%06X", rgb).isFalse();
        }
        assertThat(count(image, LIGHT.quiet())).isGreaterThan(100);
    }

    @Test
    void theTenClassesOfAScatterAreAllInColoursOfTheirOwn() {
        for (ChartTheme theme : ChartTheme.values()) {
            ChartView view = ChartView.of(theme, "setting");
            BufferedImage image = ResultCharts.chart(clouds(10), view, 640, 400).image(1);
            ChartPalette palette = ChartPalette.of(theme);
            Set<Color> used = new HashSet<>();
            for (int i = 0; i < 10; i++) {
                Color colour = view.colours().of("c" + i, palette);
                assertThat(used.add(colour)).isTrue();
                assertThat(count(image, colour)).as("c" + i).isGreaterThan(10);
            }
        }
        BufferedImage many = ResultCharts.chart(clouds(40), fresh, 640, 400).image(1);
        assertThat(count(many, LIGHT.quiet())).isGreaterThan(100);
    }

    private static Scatter clouds(int classes) {
        List<Scatter.Series> series = IntStream.range(0, classes)
                .mapToObj(i -> Scatter.Series.of("c" + i, new double[] {i}, new double[] {i % 3}, null))
                .toList();
        return new Scatter("map", "Map", Axis.of("First", ""), Axis.of("Second", ""), series, RefKind.ofClass());
    }

    @Test
    void betweenWholeNumbersNothingIsMarked() {
        Curve depth = new Curve("depth", "Depth", Axis.of("Group", ""), Axis.of("Features", ""),
                List.of(Curve.Series.of("features", new double[] {1, 2, 3}, new double[] {8, 16, 100})), null);
        XYPlot plot = (XYPlot) ResultCharts.chart(depth, fresh, 640, 400).jfree().getPlot();
        TickedAxis axis = (TickedAxis) plot.getDomainAxis();

        assertThat(axis.marks(500)).extracting(Ticks.Mark::label).containsExactly("1", "2", "3");
    }

    @Test
    void binsAroundWholeNumbersAreMarkedAtThem() {
        Distribution layers = new Distribution(
                "layers", "Neurons by layer", Axis.of("Layer", ""), new double[] {0.5, 1.5, 2.5, 3.5},
                List.of(
                        new Distribution.Series("stable", new long[] {5, 3, 2}),
                        new Distribution.Series("unstable", new long[] {1, 3, 4})));
        XYPlot plot = (XYPlot) ResultCharts.chart(layers, fresh, 640, 400).jfree().getPlot();

        assertThat(((TickedAxis) plot.getDomainAxis()).marks(500)).extracting(Ticks.Mark::label)
                .containsExactly("1", "2", "3");
    }

    @Test
    void noLineGoesThroughWhatIsSaidOfAnEmptyChart() {
        Curve none = new Curve("none", "None", Axis.of("Time", "s"), Axis.of("Problems", ""), List.of(), null);
        for (Curve curve : List.of(none, lines(1))) {
            XYPlot plot = (XYPlot) ResultCharts.chart(curve, fresh, 640, 400).jfree().getPlot();
            assertThat(plot.isRangeGridlinesVisible()).isEqualTo(curve != none);
        }
    }

    @Test
    void plusAndMinusOfASeriesHaveItsColourAndAShadeOfIt() {
        SeriesColours shared = new SeriesColours();
        shared.add(List.of("truth +", "truth \u2212", "random +", "random \u2212", "whole graph"));
        shared.add(List.of("truth", "random"));

        assertThat(shared.of("truth", LIGHT)).isEqualTo(LIGHT.category(0));
        assertThat(shared.of("truth +", LIGHT)).isEqualTo(LIGHT.category(0));
        assertThat(shared.of("truth \u2212", LIGHT)).isEqualTo(LIGHT.shade(LIGHT.category(0)));
        assertThat(shared.of("random", LIGHT)).isEqualTo(LIGHT.category(1));
        assertThat(shared.of("whole graph", LIGHT)).isEqualTo(LIGHT.category(2));
    }

    @Test
    void whenColoursAreUsedUpAChartTakesThoseThatItDoesNotUseItself() {
        SeriesColours shared = new SeriesColours();
        shared.add(List.of("snr", "euclid", "cosine", "same", "other"));
        shared.add(List.of("0", "1", "snr", "2", "3"));

        assertThat(shared.of("snr", LIGHT)).isEqualTo(LIGHT.category(0));
        assertThat(shared.of("0", LIGHT)).isEqualTo(LIGHT.category(1));
        assertThat(shared.of("3", LIGHT)).isEqualTo(LIGHT.category(4));
        shared.add(List.of("another"));
        assertThat(shared.of("another", LIGHT)).isEqualTo(LIGHT.category(5));
    }

    @Test
    void seriesKeepsItsColourInEveryChartThatSharesTheColours() {
        SeriesColours shared = new SeriesColours();
        ChartView view = fresh.withColours(shared);
        ResultCharts.chart(lines(4), view, 640, 400);
        Curve turned = new Curve("turned", "Turned", Axis.of("", ""), Axis.of("", ""), List.of(
                Curve.Series.of("s3", new double[] {0, 1}, new double[] {0, 1}),
                Curve.Series.of("s0", new double[] {0, 1}, new double[] {1, 0})), null);
        BufferedImage image = ResultCharts.chart(turned, view, 640, 400).image(1);

        assertThat(shared.of("s3", LIGHT)).isEqualTo(LIGHT.category(3));
        assertThat(count(image, LIGHT.category(3))).isGreaterThan(100);
        assertThat(has(image, LIGHT.category(1))).isFalse();
    }

    @Test
    void sumOverAllIsInInk() {
        BufferedImage image = ResultCharts.chart(Samples.recall(), fresh, 640, 400).image(1);

        assertThat(count(image, LIGHT.foreground())).isGreaterThan(200);
    }

    @Test
    void namesStandAtTheEndsOfTheLinesWithoutTouching() {
        Chart chart = ResultCharts.chart(Samples.recall(), fresh, 640, 400);
        Drawn drawn = draw(chart);
        List<Drawn.Label> labels = new ArrayList<>(drawn.labels());
        labels.sort((a, b) -> Double.compare(a.area().getY(), b.area().getY()));

        assertThat(labels).hasSize(11);
        for (int i = 1; i < labels.size(); i++) {
            assertThat(labels.get(i).area().getMinY())
                    .isGreaterThanOrEqualTo(labels.get(i - 1).area().getMaxY() - 1e-6);
        }
        assertThat(labels).allMatch(l -> l.area().getMinX() > drawn.plot().getMaxX() && l.area().getMaxX() <= 640);
    }

    @Test
    void hundredNamesAreNotDrawnOverEachOther() {
        Drawn drawn = draw(ResultCharts.chart(lines(100), fresh, 640, 300));

        assertThat(drawn.labels()).hasSizeBetween(5, 20);
    }

    @Test
    void hiddenSeriesIsNotDrawnButNamed() {
        Chart chart = ResultCharts.chart(lines(3), fresh.withHidden(Set.of("s1")), 640, 400);

        assertThat(has(chart.image(1), new Color(0x56B4E9))).isFalse();
        assertThat(draw(chart).labels()).extracting(Drawn.Label::series).containsExactlyInAnyOrder("s0", "s1", "s2");
    }

    @Test
    void zeroOnALogarithmicAxisIsDrawnAtItsLeftEdge() {
        Drawn drawn = draw(ResultCharts.chart(Samples.recall(), fresh, 640, 400));
        Hit first = drawn.hits().step(null, 0, 0).orElseThrow();

        assertThat(first.lines().getFirst()).endsWith(" 0");
        assertThat(first.area().getX() - drawn.plot().getMinX()).isBetween(0.0, 20.0);
    }

    @Test
    void valuesAreThinnedToThePixels() {
        Chart chart = ResultCharts.chart(Samples.million(1_000_000), fresh, 800, 400);

        assertThat(chart.jfree().getXYPlot().getDataset().getItemCount(0)).isBetween(1_000, 5 * 900);
    }

    @Test
    void scatterOfVeryManyPointsIsADensity() {
        ChartView view = fresh.withMostMarks(1_000);
        Chart dense = ResultCharts.chart(Samples.cloud(5_000, 1), view, 640, 400);
        Chart sparse = ResultCharts.chart(Samples.cloud(900, 1), view, 640, 400);

        assertThat(dense.jfree().getXYPlot().getDataset().getItemCount(0)).isEqualTo(1);
        assertThat(sparse.jfree().getXYPlot().getDataset().getItemCount(0)).isEqualTo(900);
        assertThat(colours(dense.image(1))).contains(LIGHT.sequential(1).getRGB() & 0xFFFFFF);
    }

    @Test
    void pointUnderADensityIsStillFound() {
        Chart chart = ResultCharts.chart(Samples.cloud(5_000, 1), fresh.withMostMarks(1_000), 640, 400);
        Drawn drawn = draw(chart);
        Hit hit = drawn.hits().at(drawn.plot().getCenterX(), drawn.plot().getCenterY()).orElseThrow();

        assertThat(hit.refs()).hasSize(1);
        assertThat(hit.refs().getFirst().kind().kind()).isEqualTo("sample");
    }

    @Test
    void rankingShowsAsManyPlacesAsFitAndSaysSo() {
        Chart chart = ResultCharts.chart(Samples.ranking(200), fresh, 640, 400);

        assertThat(((TextTitle) chart.jfree().getSubtitle(0)).getText()).isEqualTo("setting, top 15 of 200");
        assertThat(draw(chart).y()).isEqualTo(new Span(-0.5, 14.5));
    }

    @Test
    void countsOfZeroAreLeftUncoloured() {
        ColourScale scale = ColourScale.of(Samples.conflicts(), LIGHT);

        assertThat(scale.colour(0)).isEqualTo(LIGHT.subtle());
        assertThat(scale.colour(96)).isEqualTo(LIGHT.sequential(1));
        assertThat(scale.colour(Double.NaN).getAlpha()).isZero();
    }

    @Test
    void statesAreVermilionBlueAndTheGround() {
        ColourScale scale = ColourScale.of(Samples.states(), LIGHT);

        assertThat(scale.colour(1)).isEqualTo(new Color(0xD55E00));
        assertThat(scale.colour(-1)).isEqualTo(new Color(0x0072B2));
        assertThat(scale.colour(0).getAlpha()).isZero();
        assertThat(scale.name(1)).isEqualTo("active");
    }

    @Test
    void categoriesHaveTheHueThatTheyName() {
        Heatmap map =
                new Heatmap("v", "V", List.of("a"), List.of("x", "y"), new double[][] {{1, 0}}, "", "", null, null,
                        Heatmap.Palette.CATEGORICAL, List.of())
                        .explained(
                                Axis.of("Verdict", ""),
                                new Heatmap.Level(1, "verified", Heatmap.Hue.GREEN),
                                new Heatmap.Level(0, "unknown"));
        ColourScale scale = ColourScale.of(map, LIGHT);

        assertThat(scale.colour(1)).isEqualTo(new Color(0x009E73));
        assertThat(scale.colour(0).getAlpha()).isZero();
        assertThat(scale.name(1)).isEqualTo("verified");
    }

    @Test
    void numbersAreReadableOnEveryColour() {
        for (ChartTheme theme : ChartTheme.values()) {
            ChartPalette palette = ChartPalette.of(theme);
            for (int i = 0; i <= 100; i++) {
                for (Color ground : new Color[] {palette.sequential(i / 100.0), palette.diverging(i / 50.0 - 1)}) {
                    double a = ChartPalette.luminance(ground) + 0.05;
                    double b = ChartPalette.luminance(palette.inkOn(ground)) + 0.05;
                    assertThat(Math.max(a, b) / Math.min(a, b)).as("%s on %s", theme, ground).isGreaterThan(2.5);
                }
            }
        }
    }

    @Test
    void matrixWithMoreRowsThanPixelsShowsTheirMean() {
        double[][] values = new double[4_000][1];
        String[] names = new String[4_000];
        Arrays.setAll(names, String::valueOf);
        for (int r = 0; r < values.length; r++) {
            values[r][0] = r % 2 == 0 ? 1 : 0.5;
        }
        Heatmap map = new Heatmap("m", "M", List.of(names), List.of("a"), values, "Row", "Column", null, null,
                Heatmap.Palette.SEQUENTIAL, List.of());
        Drawn drawn = draw(ResultCharts.chart(map, fresh, 300, 300));
        BufferedImage image = ResultCharts.chart(map, fresh, 300, 300).image(1);
        Color middle = new Color(image.getRGB((int) drawn.plot().getCenterX(), (int) drawn.plot().getCenterY()));
        Color mean = LIGHT.sequential(0.5);

        assertThat(Math.abs(middle.getRed() - mean.getRed())).isLessThan(20);
        assertThat(Math.abs(middle.getGreen() - mean.getGreen())).isLessThan(20);
    }

    @Test
    void rareStateIsSeenAmongManyOthersInOnePixel() {
        double[][] values = new double[4_000][1];
        String[] names = new String[4_000];
        Arrays.setAll(names, String::valueOf);
        for (double[] row : values) {
            row[0] = -1;
        }
        values[2_000][0] = 1;
        Heatmap map = new Heatmap("m", "M", List.of(names), List.of("a"), values, "Row", "Column", null, null,
                Heatmap.Palette.DIVERGING, List.of());
        ColourScale scale = ColourScale.of(map, LIGHT);
        Color among = scale.colourOf(values, 1_995, 2_005, 0, 1);

        assertThat(among.getRed()).isGreaterThan(among.getBlue());
        assertThat(scale.colourOf(values, 0, 10, 0, 1)).isEqualTo(scale.colour(-1));
    }

    @Test
    void textsBeyondTheShippedFontAreStillShown() {
        assertThat(ChartFonts.forTexts(List.of("class 7")).regular(11f).getFamily()).isEqualTo("Assay Inter");
        assertThat(ChartFonts.forTexts(List.of("class 7", "\u732b")).regular(11f).getFamily())
                .isNotEqualTo("Assay Inter");
    }

    @Test
    void figuresOfTheShippedFontAreTabular() {
        Font font = ChartFonts.forTexts(List.of()).regular(100f);

        assertThat(Stream.of("0123456789".split("")).map(d -> ChartFonts.width(font, d)).distinct()).hasSize(1);
    }

    @Test
    void longTextsAreShortenedToTheRoom() {
        Font font = ChartFonts.forTexts(List.of()).regular(11f);
        String fitted = ChartFonts.fit(font, "a very long name of a layer that nobody can read", 80);

        assertThat(ChartFonts.width(font, fitted)).isLessThanOrEqualTo(80);
        assertThat(fitted).contains("\u2026").startsWith("a");
    }

    private static Drawn draw(Chart chart) {
        Graphics2D g2 = Chart.graphics(
                new BufferedImage(chart.width(), chart.height(), BufferedImage.TYPE_INT_ARGB), 1);
        try {
            return chart.draw(g2);
        } finally {
            g2.dispose();
        }
    }
}

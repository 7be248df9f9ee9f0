package dev.assay.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreprocessingTest {

    private static final StoredForm GREY = form(ElementType.U8, ImageOrder.NONE, 2, 2);
    private static final StoredForm PLANES = form(ElementType.U8, ImageOrder.CHW, 3, 1, 2);
    private static final StoredForm PIXELS = form(ElementType.U8, ImageOrder.HWC, 1, 2, 3);

    private static StoredForm form(ElementType type, ImageOrder image, int... shape) {
        return new StoredForm(type, ByteOrder.BIG_ENDIAN, shape, image);
    }

    private static Preprocessing of(StoredForm form, String... options) throws InputException {
        Map<String, String> given = new LinkedHashMap<>();
        for (String option : options) {
            given.put(option.substring(0, option.indexOf('=')), option.substring(option.indexOf('=') + 1));
        }
        return new Preprocessing(new OptionReader(new Location(Path.of("x"), given), CommonOptions.after()), form);
    }

    private static float[] apply(Preprocessing preprocessing, int... stored) {
        ByteBuffer block = ByteBuffer.allocate(preprocessing.form().bytes()).order(ByteOrder.BIG_ENDIAN);
        for (int i = 0; i < stored.length; i++) {
            switch (preprocessing.form().type()) {
                case U8 -> block.put(i, (byte) stored[i]);
                case F32 -> block.putFloat(4 * i, stored[i]);
                default -> throw new AssertionError();
            }
        }
        float[] out = new float[stored.length];
        preprocessing.apply(block, 1, out, new float[stored.length]);
        return out;
    }

    @Test
    void imagesOfBytesAreDividedBy255() throws Exception {
        assertThat(apply(of(GREY), 0, 1, 100, 255)).containsExactly(0f, 1 / 255f, 100 / 255f, 1f);
    }

    @Test
    void scaleOneLeavesRawValues() throws Exception {
        assertThat(apply(of(GREY, "scale=1"), 0, 1, 100, 255)).containsExactly(0f, 1f, 100f, 255f);
    }

    @Test
    void vectorsOfBytesAreLeftAsTheyAre() throws Exception {
        assertThat(apply(of(form(ElementType.U8, ImageOrder.NONE, 4)), 0, 1, 100, 255))
                .containsExactly(0f, 1f, 100f, 255f);
    }

    @Test
    void aVectorWithAnImagesShapeIsAnImage() throws Exception {
        Preprocessing shaped = of(form(ElementType.U8, ImageOrder.NONE, 4), "shape=1x2x2");
        assertThat(apply(shaped, 0, 1, 100, 255)).containsExactly(0f, 1 / 255f, 100 / 255f, 1f);
        assertThat(shaped.shape()).containsExactly(1, 2, 2);
    }

    @Property(tries = 200)
    void theFormulaIsComputedInFloat32(
            @ForAll byte stored,
            @ForAll @FloatRange(min = 0.5f, max = 300) float scale,
            @ForAll @FloatRange(min = -2, max = 2) float mean,
            @ForAll @FloatRange(min = 0.1f, max = 3) float std)
            throws Exception {
        String[] options = {"scale=" + scale, "mean=" + mean, "std=" + std};
        float raw = stored & 0xFF;
        float expected = (raw / scale - mean) / std;
        assertThat(apply(of(form(ElementType.U8, ImageOrder.CHW, 1, 1), options), stored)).containsExactly(expected);
        assertThat(apply(of(form(ElementType.F32, ImageOrder.CHW, 1, 1), options), stored & 0xFF))
                .containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock = """
                    nchw | rgb | 1 2 3 4 5 6
                    nchw | bgr | 5 6 3 4 1 2
                    nhwc | rgb | 1 3 5 2 4 6
                    nhwc | bgr | 5 3 1 6 4 2
                    """)
    void planesAndPixelsComeOutAsAsked(String layout, String colours, String expected) throws Exception {
        String[] options = {"scale=1", "layout=" + layout, "channels=" + colours};
        float[] values = new float[6];
        String[] numbers = expected.split(" ");
        for (int i = 0; i < 6; i++) {
            values[i] = Float.parseFloat(numbers[i]);
        }
        assertThat(apply(of(PLANES, options), 1, 2, 3, 4, 5, 6)).containsExactly(values);
        assertThat(apply(of(PIXELS, options), 1, 3, 5, 2, 4, 6)).containsExactly(values);
        StoredForm real = form(ElementType.F32, ImageOrder.HWC, 1, 2, 3);
        assertThat(apply(of(real, options), 1, 3, 5, 2, 4, 6)).containsExactly(values);
    }

    @ParameterizedTest
    @CsvSource({"nchw,rgb", "nhwc,rgb", "nchw,bgr", "nhwc,bgr"})
    void meanAndDeviationFollowTheChannelsThatTheNetworkSees(String layout, String colours) throws Exception {
        String[] plain = {"scale=1", "layout=" + layout, "channels=" + colours};
        String[] normed = {"scale=1", "layout=" + layout, "channels=" + colours, "mean=10,20,30", "std=1,2,4"};
        float[] raw = apply(of(PLANES, plain), 1, 2, 3, 4, 5, 6);
        for (StoredForm form : new StoredForm[] {PLANES, form(ElementType.F32, ImageOrder.CHW, 3, 1, 2)}) {
            float[] values = apply(of(form, normed), 1, 2, 3, 4, 5, 6);
            for (int i = 0; i < 6; i++) {
                int channel = layout.equals("nchw") ? i / 2 : i % 3;
                assertThat(values[i]).isEqualTo((raw[i] - 10 * (channel + 1)) / (1 << channel));
            }
        }
    }

    @Test
    void vectorsTakeAMeanPerValue() throws Exception {
        StoredForm vector = form(ElementType.F32, ImageOrder.NONE, 3);
        assertThat(apply(of(vector, "mean=1,2,3", "std=2"), 5, 6, 7)).containsExactly(2f, 2f, 2f);
    }

    @Test
    void flattenKeepsTheOrder() throws Exception {
        Preprocessing flat = of(PIXELS, "scale=1", "flatten=true");
        assertThat(flat.shape()).containsExactly(6);
        assertThat(apply(flat, 1, 3, 5, 2, 4, 6)).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @ParameterizedTest
    @CsvSource({
        "3x8x8, CHW", "8x8x3, HWC", "1x8x8, CHW", "8x8x1, HWC", "3x8x3, CHW", "16x8x8, CHW", "2x8x8, CHW", "8x8, CHW"
    })
    void theChannelsAreGuessedFromTheShape(String shape, ImageOrder expected) throws Exception {
        int values = 1;
        for (String dim : shape.split("x")) {
            values *= Integer.parseInt(dim);
        }
        assertThat(of(form(ElementType.U8, ImageOrder.NONE, values), "shape=" + shape).form().image())
                .isEqualTo(expected);
    }

    @Test
    void theStoredLayoutMayBeGiven() throws Exception {
        Preprocessing given = of(form(ElementType.U8, ImageOrder.NONE, 3, 8, 3), "stored=hwc");
        assertThat(given.shape()).containsExactly(3, 3, 8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock = """
                    scale=0       | number other than 0
                    scale=1,2     | number other than 0
                    scale=abc     | numbers separated by commas
                    std=0         | other than 0
                    mean=1,2      | one per channel
                    mean=NaN      | finite
                    layout=chw    | nchw, nhwc
                    channels=brg  | rgb, bgr
                    flatten=maybe | true, false
                    shape=5x5     | a sample has 6 values
                    shape=ax6     | such as 1x28x28
                    shape=0x6     | at least 1
                    """)
    void whatDoesNotFitIsRefusedInWords(String option, String words) {
        assertThatThrownBy(() -> of(PIXELS, option))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(option)
                .hasMessageContaining(words);
    }

    @Test
    void aLayoutForWhatIsNoImageIsRefused() {
        assertThatThrownBy(() -> of(form(ElementType.F32, ImageOrder.NONE, 30), "layout=nhwc"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("are no images");
    }

    @Test
    void coloursOfGreyImagesAreRefused() {
        assertThatThrownBy(() -> of(GREY, "channels=bgr"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("three channels");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock = """
                    scale=255                  | value / 255, channels first
                    scale=1                    | values as stored, channels first
                    mean=0.5                   | value / 255 - 0.5, channels first
                    std=0.5                    | (value / 255) / 0.5, channels first
                    layout=nhwc                | value / 255, channels last
                    flatten=yes                | value / 255, channels first, flattened
                    channels=bgr               | value / 255, channels first, colours blue, green, red
                    """)
    void saysItInWords(String option, String words) throws Exception {
        assertThat(of(PIXELS, option).words()).isEqualTo(words);
    }

    @Test
    void saysTheWholeFormula() throws Exception {
        assertThat(of(GREY, "mean=0.1307", "std=0.3081").words()).isEqualTo("(value / 255 - 0.1307) / 0.3081");
        assertThat(of(PIXELS, "scale=1", "mean=1,2,3", "std=4").words())
                .isEqualTo("(value - (1, 2, 3)) / 4, channels first");
    }
}

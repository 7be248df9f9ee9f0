package dev.assay.data.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import dev.assay.data.BatchReader;
import dev.assay.data.Dataset;
import dev.assay.data.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvKindTest {

    private static final int REMARKS = 7;

    @TempDir
    Path folder;

    private Dataset open(String content, String... options) throws InputException, IOException {
        return open(Files.writeString(folder.resolve("table.csv"), content), options);
    }

    private static Dataset open(Path file, String... options) throws InputException {
        return new CsvKind()
                .open(
                        options.length == 0
                                ? Location.of(file)
                                : Location.parse(file + "?" + String.join("&", options)));
    }

    private void refuses(String words, String content, String... options) {
        assertThatThrownBy(() -> {
            try (Dataset dataset = open(content, options)) {
                Reading.all(dataset);
            }
        })
                .isInstanceOf(InputException.class)
                .hasMessageContaining("table.csv")
                .hasMessageContaining(words);
    }

    @Test
    void aSingleColumnThatCountsIsNoNumberOfTheRow() throws Exception {
        try (Dataset dataset = open("0\n1\n2\n")) {
            assertThat(Reading.all(dataset).values()).containsExactly(0, 1, 2);
        }
    }

    @Test
    void whatIsLeftBesideTheNumbersOfTheRowsIsNoLabel() throws Exception {
        try (Dataset dataset = open(",value\n0,0.5\n1,0.25\n")) {
            assertThat(Reading.all(dataset).values()).containsExactly(0.5f, 0.25f);
            assertThat(dataset.labelled()).isFalse();
        }
        try (Dataset dataset = open("1,2\n3,4\n", "skip=1")) {
            assertThat(Reading.all(dataset).values()).containsExactly(1, 3);
        }
    }

    @Test
    void severalRemarksAreLeftOutAndAHeaderThatLooksLikeOneIsNot() throws Exception {
        try (Dataset dataset = open("# made by hand\n\n# two rows\n#a,b,label\n1,2,0\n3,4,1\n")) {
            assertThat(Reading.all(dataset).values()).containsExactly(1, 2, 3, 4);
        }
    }

    @Test
    void aHeaderIsFoundBehindRemarksThatFillAPageOfAWideTable() throws Exception {
        int columns = 16_000;
        String row = "1.5,".repeat(columns - 1) + "0\n";
        String names = java.util.stream.IntStream.range(0, columns)
                .mapToObj(c -> c % 2 == 0 ? "a" + c : String.valueOf(c))
                .collect(java.util.stream.Collectors.joining(","));
        try (Dataset dataset = open("# remark\n".repeat(REMARKS) + names + "\n" + row + row)) {
            assertThat(dataset.size()).isEqualTo(2);
        }
    }

    @Test
    void withoutAHeaderTheLabelIsLast() throws Exception {
        try (Dataset dataset = open("1,2.5,0\n-3,4e2,1\n0.1,.5,1\n")) {
            assertThat(Reading.all(dataset).values()).containsExactly(1, 2.5f, -3, 400, 0.1f, 0.5f);
            assertThat(Reading.all(dataset).labels()).containsExactly(0, 1, 1);
            assertThat(dataset.classes()).containsExactly("0", "1");
            assertThat(dataset.sampleShape()).containsExactly(2);
        }
    }

    @Test
    void classesWithOtherLettersThanUtf8AreRefused() throws Exception {
        Path file = Files.write(
                folder.resolve("latin.csv"), "a,label\n1,\u00e4\n2,\u00f6\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> open(file)).isInstanceOf(InputException.class).hasMessageContaining("not in UTF-8");
    }

    @Test
    void aHeaderIsNoticedAndNamesColumns() throws Exception {
        try (Dataset dataset = open("width,class,height\n1,cat,2\n3,dog,4\n5,cat,6\n")) {
            assertThat(Reading.all(dataset).values()).containsExactly(1, 2, 3, 4, 5, 6);
            assertThat(dataset.classes()).containsExactly("cat", "dog");
            assertThat(dataset.classCounts()).containsExactly(2, 1);
        }
    }

    @ParameterizedTest
    @CsvSource({"first, 1", "0, 1", "a, 1", "last, 4", "-1, 4", "3, 4", "d, 4", "b, 2"})
    void theLabelColumnMayBeChosen(String label, int expected) throws Exception {
        try (Dataset dataset = open("a,b,c,d\n1,2,3,4\n", "label=" + label)) {
            assertThat(Reading.all(dataset).labels()).containsExactly(expected);
            assertThat(dataset.sampleShape()).containsExactly(3);
        }
    }

    @Test
    void labelsMayBeLeftOut() throws Exception {
        try (Dataset dataset = open("1,2\n3,4\n", "label=none")) {
            assertThat(dataset.labelled()).isFalse();
            assertThat(Reading.all(dataset).values()).containsExactly(1, 2, 3, 4);
        }
    }

    @Test
    void theOnlyColumnOfTextHoldsTheClasses() throws Exception {
        try (Dataset dataset = open("setosa,1,2\nvirginica,3,4\n")) {
            assertThat(dataset.classes()).containsExactly("setosa", "virginica");
        }
    }

    @Test
    void columnsMayBeLeftOut() throws Exception {
        try (Dataset dataset = open("id,a,note,b,y\nx7,1,good,2,0\nx8,3,bad,4,1\n", "skip=id,2")) {
            assertThat(Reading.all(dataset).values()).containsExactly(1, 2, 3, 4);
            assertThat(Reading.all(dataset).labels()).containsExactly(0, 1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {"auto!1;2;0", "semicolon!1;2;0", "auto!1\t2\t0", "tab!1\t2\t0", "auto!1 2 0", "bar!1|2|0",
                "auto!1, 2, 0"},
            ignoreLeadingAndTrailingWhitespace = false)
    void delimitersAreNoticedOrGiven(String delimiter, String line) throws Exception {
        try (Dataset dataset = open(line + "\n" + line + "\n", "delimiter=" + delimiter)) {
            assertThat(Reading.all(dataset).values()).containsExactly(1, 2, 1, 2);
        }
    }

    @Test
    void aHeaderMayBeDeniedOrForced() throws Exception {
        try (Dataset dataset = open("1,2,0\n3,4,1\n", "header=yes")) {
            assertThat(dataset.size()).isEqualTo(1);
        }
        refuses("'a' in line 1, column 0 is no number", "a,2,0\n3,4,1\n", "header=no", "label=last");
    }

    @Test
    void aLineOfCountsGivesTheClassNames() throws Exception {
        try (Dataset dataset = open("3,2,no,yes\n1,2,0\n3,4,1\n5,6,1\n")) {
            assertThat(dataset.size()).isEqualTo(3);
            assertThat(dataset.classes()).containsExactly("no", "yes");
        }
        refuses("has no name", "2,2,no\n1,2,0\n3,4,1\n", "header=counts");
        refuses("is not: number of rows", "9,9,no\n1,2,0\n3,4,1\n", "header=counts");
    }

    @Test
    void wholeNumbersFromZeroAreClassIndices() throws Exception {
        try (Dataset dataset = open("1,3\n2,5.0\n")) {
            assertThat(dataset.classes()).hasSize(6);
            assertThat(Reading.all(dataset).labels()).containsExactly(3, 5);
        }
    }

    @Test
    void otherNumbersAreClassesInTheirOrder() throws Exception {
        try (Dataset dataset = open("1,10\n2,-1\n3,9\n")) {
            assertThat(dataset.classes()).containsExactly("-1", "9", "10");
            assertThat(Reading.all(dataset).labels()).containsExactly(2, 0, 1);
        }
    }

    @Test
    void specialNumbersAreRead() throws Exception {
        try (Dataset dataset = open("nan,inf,-Infinity,0\n")) {
            assertThat(dataset.sample(0).values())
                    .containsExactly(Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY);
        }
    }

    @Test
    void quotedFieldsMayHoldTheDelimiter() throws Exception {
        try (Dataset dataset = open("\"a, b\",\"label\"\n\"1\",\"x, y\"\n\"2\",\"z\"\"\"\n")) {
            assertThat(dataset.classes()).containsExactly("x, y", "z\"");
            assertThat(Reading.all(dataset).values()).containsExactly(1, 2);
        }
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheFirstField() throws Exception {
        try (Dataset dataset = open("\uFEFF7,0\n8,1\n")) {
            assertThat(Reading.all(dataset).values()).containsExactly(7, 8);
        }
    }

    @Test
    void emptyLinesAtTheEndDoNotCount() throws Exception {
        try (Dataset dataset = open("1,0\r\n2,1\r\n\r\n  \r\n\r\n")) {
            assertThat(dataset.size()).isEqualTo(2);
        }
        refuses("line 2 is empty", "1,0\n\n2,1\n");
    }

    @Test
    void aMissingValueIsNamedWithItsRowAndColumn() {
        refuses(
                "a value is missing in line 3, column 1 ('b')", "a,b,label\n1,2,0\n3,,1\n");
        refuses("skip=1", "a,b,label\n1,2,0\n3,?,1\n");
        refuses("a value is missing in line 1, column 0", "NA,2,0\n3,4,1\n", "label=last");
    }

    @Test
    void whatIsNoNumberIsNamedWithItsRowAndColumn() {
        refuses("'abc' in line 3, column 1 ('b') is no number", "a,b,label\n1,2,0\n3,abc,1\n");
        refuses("'1f' in line 2, column 0", "1,0\n1f,0\n", "label=last");
        refuses("'0x10' in line 2, column 0", "1,0\n0x10,0\n", "label=last");
        refuses("...' in line 2, column 0", "1,0\n" + "long ".repeat(100) + ",0\n", "label=last");
    }

    @Test
    void aMissingLabelIsNamed() {
        refuses("no label in line 2", "1,0\n2,\n", "header=no");
    }

    @Test
    void rowsOfAnotherLengthAreNamed() {
        refuses("line 2 has 2 fields instead of 3", "1,2,0\n3,1\n4,5,1\n", "header=no");
        refuses("line 3 has 4 fields instead of 3", "1,2,0\n3,4,1\n5,6,7,1\n");
    }

    @Test
    void fractionsAreNoClasses() {
        refuses("the label column holds fractions, e.g. 0.5", "1,0.5\n2,1\n");
    }

    @Test
    void whatIsNoFiniteNumberIsNoClassAmongNumbers() {
        for (String text : new String[] {"nan", "-inf"}) {
            refuses("the label column holds " + text + " among numbers", "1,0\n2," + text + "\n3,1\n", "header=no");
        }
    }

    @Test
    void columnsThatAreNotThereAreNamedWithThoseThatAre() {
        refuses("the columns are a, b", "a,b\n1,0\n", "label=c");
        refuses("the columns are 0 to 1", "1,0\n2,1\n", "label=7");
        refuses("the columns are a, b", "a,b\n1,0\n", "skip=z");
    }

    @Test
    void noColumnForValuesIsRefused() {
        refuses("no column is left for the values", "a,b\n1,0\n", "skip=a", "label=b");
    }

    @Test
    void noRowsAreRefused() {
        refuses("the file is empty", "");
        refuses("the table has no rows", "\n\n");
        refuses("a header but no rows", "a,b,label\n");
    }

    @Test
    void whatIsNoTextIsRefused() throws Exception {
        Path file = Files.write(folder.resolve("binary.csv"), new byte[] {1, 0, 2, 3});
        assertThatThrownBy(() -> open(file)).isInstanceOf(InputException.class).hasMessageContaining("is no text");
    }

    @Test
    void cutShortAtAnyByteIsReadOrAnInputException() throws Exception {
        byte[] whole = "a,b,label\n1,2,\"x\"\n3,\"4\",y\n5,6,x\n".getBytes(StandardCharsets.UTF_8);
        for (int length = 0; length < whole.length; length++) {
            Path file = Files.write(folder.resolve("table.csv"), Arrays.copyOf(whole, length));
            try (Dataset dataset = open(file)) {
                assertThat(Reading.all(dataset).samples()).hasSize((int) dataset.size());
            } catch (InputException e) {
                assertThat(e.getMessage()).contains("table.csv");
            }
        }
    }

    @Test
    void deletedOrChangedWhileItIsReadIsNoticed() throws Exception {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 5000; i++) {
            rows.append(i).append(",0\n");
        }
        try (Dataset dataset = open(rows.toString());
                BatchReader reader = dataset.read(0, 10)) {
            reader.next(Reading.buffer(dataset, 10), new int[10]);
            Files.writeString(folder.resolve("table.csv"), "1,0\n");
            assertThatThrownBy(() -> Reading.from(dataset, 2000, 100))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("was changed");
            Files.delete(folder.resolve("table.csv"));
            assertThatThrownBy(() -> dataset.sample(4999))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("deleted");
        }
    }

    @Property(tries = 40)
    void whatIsWrittenIsRead(
            @ForAll @Size(min = 2, max = 300) List<Float> numbers, @ForAll @IntRange(min = 1, max = 9) int batch)
            throws Exception {
        StringBuilder text = new StringBuilder("value,label\n");
        for (int i = 0; i < numbers.size(); i++) {
            text.append(numbers.get(i)).append(',').append(i % 3).append('\n');
        }
        Path file = Files.createTempFile("numbers", ".csv");
        try (Dataset dataset = open(Files.writeString(file, text), "label=last")) {
            Reading.Content content = Reading.from(dataset, 0, batch);
            for (int i = 0; i < numbers.size(); i++) {
                assertThat(content.samples().get(i)[0]).isEqualTo(numbers.get(i));
                assertThat(content.labels().get(i)).isEqualTo(i % 3);
            }
            int last = numbers.size() - 1;
            assertThat(dataset.sample(last).values()[0]).isEqualTo(numbers.get(last));
        } finally {
            Files.delete(file);
        }
    }

    private static final String PETS = "x,label\n1,dog\n2,cat\n3,dog\n4,horse\n";

    @Test
    void classesOfAListHaveItsOrder() throws Exception {
        try (Dataset dataset = open(PETS, "classes=horse,eel, dog,cat")) {
            assertThat(dataset.classes()).containsExactly("horse", "eel", "dog", "cat");
            assertThat(Reading.all(dataset).labels()).containsExactly(2, 3, 2, 0);
            assertThat(dataset.classCounts()).containsExactly(1, 0, 2, 1);
            assertThat(dataset.files()).hasSize(1);
        }
    }

    @Test
    void classesOfAFileHaveItsOrderAndTheFileIsPartOfTheData() throws Exception {
        Path names = Files.writeString(folder.resolve("names.txt"), "horse\ndog\ncat\n");
        try (Dataset dataset = open(PETS, "classes=names.txt")) {
            assertThat(Reading.all(dataset).labels()).containsExactly(1, 2, 1, 0);
            assertThat(dataset.files()).containsExactly(folder.resolve("table.csv"), names);
        }
    }

    @Test
    void aFileThatLacksAClassNumbersTheOthersAlike() throws Exception {
        try (Dataset dataset = open("x,label\n1,dog\n4,horse\n", "classes=cat,dog,horse")) {
            assertThat(Reading.all(dataset).labels()).containsExactly(1, 2);
        }
    }

    @Test
    void aClassThatIsNotListedIsNamedWithItsLine() throws Exception {
        refuses("the class 'horse' in line 5 is not among those that classes= names", PETS, "classes=cat,dog");
        refuses("the class 'dog' in line 2", PETS, "classes=0,1,2");
        refuses("the class '2' in line 3", "x,label\n1,0\n2,2\n", "classes=cat,dog");
        refuses("a class is named twice", PETS, "classes=cat,dog,cat");
        refuses("nothing between two commas", PETS, "classes=cat,,dog");
        refuses("no column of labels", "1,2\n", "label=none", "classes=cat,dog");
        assertThatThrownBy(() -> open(PETS, "classes=missing.txt"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("missing.txt");
    }

    @Test
    void numbersAreMatchedByValueOrKeepTheirNumberAmongWords() throws Exception {
        try (Dataset words = open("x,label\n1,2\n2,0\n", "classes=cat,dog,horse")) {
            assertThat(words.classes()).containsExactly("cat", "dog", "horse");
            assertThat(Reading.all(words).labels()).containsExactly(2, 0);
        }
        try (Dataset values = open("x,label\n1,10.0\n2,1\n", "classes=1,2,10")) {
            assertThat(Reading.all(values).labels()).containsExactly(2, 0);
        }
    }

    @Test
    void emptyLinesAndRemarksInFrontAreNoRows() throws Exception {
        for (String front : List.of("\n\n", "# made by me\n", "\uFEFF# a, b\n\n")) {
            try (Dataset dataset = open(front + "a,b,label\n1,2,0\n3,4,1\n\n")) {
                assertThat(dataset.size()).as(front).isEqualTo(2);
                assertThat(Reading.all(dataset).values()).containsExactly(1, 2, 3, 4);
                assertThat(Reading.all(dataset).labels()).containsExactly(0, 1);
                assertThat(Reading.from(dataset, 1, 2).values()).containsExactly(3, 4);
            }
        }
        try (Dataset header = open("#a,label,b\n1,0,2\n3,1,4\n")) {
            assertThat(Reading.all(header).labels()).containsExactly(0, 1);
        }
        refuses("line 3 is empty; take the empty lines out", "1,2,0\n3,4,1\n\n5,6,1\n");
        refuses("line 5 has 1 fields instead of 3", "\n\n1,2,0\n3,4,1\n5\n");
    }

    @Test
    void decimalCommasBetweenSemicolonsAreRead() throws Exception {
        try (Dataset dataset = open("a;b;label\n0,5;-1,25e2;3\n7;,5;1\n")) {
            assertThat(Reading.all(dataset).values()).containsExactly(0.5f, -125, 7, 0.5f);
            assertThat(Reading.all(dataset).labels()).containsExactly(3, 1);
        }
        // Without a header there are as many commas as semicolons, and as many again where all values have one.
        try (Dataset dataset = open("0,5;1,5;0\n2,5;3;1\n")) {
            assertThat(Reading.all(dataset).values()).containsExactly(0.5f, 1.5f, 2.5f, 3);
        }
        try (Dataset dataset = open("a\tb\tkind\n0,5\t2\tcat\n1\t2,5\tdog\n")) {
            assertThat(Reading.all(dataset).values()).containsExactly(0.5f, 2, 1, 2.5f);
            assertThat(dataset.classes()).containsExactly("cat", "dog");
        }
        // What could be a thousand is not guessed at.
        refuses("'1,000' in line 2", "a;b;label\n1,000;0.5;0\n2,000;0.25;1\n");
        refuses("decimal=comma", "a;b;label\n1,000;0.5;0\n2,000;0.25;1\n");
        refuses("'0.5' in line 3", "a;b;label\n1,5;2;0\n0.5;3;1\n", "decimal=comma");
        refuses("'1,5' in line 2", "a;b;label\n1,5;2;0\n2,5;3;1\n", "decimal=point");
    }

    @Test
    void theNumbersOfRowsThatADataFrameWritesInFrontAreLeftOut() throws Exception {
        try (Dataset dataset = open(",a,b,label\n0,5,6,1\n1,7,8,0\n")) {
            assertThat(dataset.sampleShape()).containsExactly(2);
            assertThat(Reading.all(dataset).values()).containsExactly(5, 6, 7, 8);
        }
        try (Dataset other = open(",a,b,label\n3,5,6,1\n1,7,8,0\n")) {
            assertThat(other.sampleShape()).containsExactly(3);
        }
        try (Dataset named = open("n,a,b,label\n0,5,6,1\n1,7,8,0\n")) {
            assertThat(named.sampleShape()).containsExactly(3);
        }
    }

    /** Tables of pixels often have the label in front, and nothing but 0 in the last corner. */
    @Test
    void labelsInFrontOfPixelsAreNotPassedOver() throws Exception {
        String pixels = "5,0,3,0\n7,1,2,0\n5,2,2,0\n";
        refuses("label=first", pixels);
        try (Dataset first = open(pixels, "label=first")) {
            assertThat(Reading.all(first).labels()).containsExactly(5, 7, 5);
        }
        try (Dataset last = open(pixels, "label=last")) {
            assertThat(last.classes()).containsExactly("0");
        }
        try (Dataset one = open("0.5,0,3,0\n0.7,1,2,0\n")) {
            assertThat(one.classes()).containsExactly("0");
        }
    }
}

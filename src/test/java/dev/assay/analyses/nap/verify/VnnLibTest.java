package dev.assay.analyses.nap.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.assay.analyses.nap.verify.vnnlib.Property;
import dev.assay.analyses.nap.verify.vnnlib.VnnLib;
import dev.assay.analysis.InputException;
import dev.assay.analysis.Location;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The VNN-LIB reader: normal form, mixed forms, and errors with their place. */
class VnnLibTest {

    private static final String HEAD = "(declare-const X_0 Real)\n(declare-const Y_0 Real)\n(declare-const Y_1 Real)\n";
    private static final String BOX = "(assert (>= X_0 -1))\n(assert (<= X_0 1e-3)) ; a comment )\n";

    @Test
    void disjunctionsOfConjunctionsBecomeCases() throws Exception {
        Property p = VnnLib.parse(
                HEAD + BOX + "(assert (or (and (<= Y_0 Y_1) (<= Y_0 2)) (>= Y_1 -3.5)))(assert (<= Y_0 7))", "p");
        assertThat(p.cases()).hasSize(2);
        Property.Case first = p.cases().getFirst();
        assertThat(first.low()).containsExactly(-1);
        assertThat(first.high()).containsExactly(0.001);
        assertThat(first.rows()).hasSize(3);
        assertThat(first.rows().getFirst().coefficients()).containsExactly(1, -1);
        Property.Row last = p.cases().get(1).rows().getFirst();
        assertThat(last.coefficients()).containsExactly(0, -1);
        assertThat(last.at(new double[] {0, -3.5})).isZero();
        assertThat(last.at(new double[] {0, -4})).isPositive();
    }

    @Test
    void boundsMayStandBesideScoresInACase() throws Exception {
        Property p = VnnLib.parse(
                HEAD + "(assert (or (and (>= X_0 0) (<= X_0 1) (>= Y_0 1)) (and (>= X_0 2) (<= X_0 3) (>= Y_0 1))))",
                "p");
        assertThat(p.cases().get(0).high()).containsExactly(1);
        assertThat(p.cases().get(1).low()).containsExactly(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(assert (<= X_0 1)|line 4, column 19",
                "(assert (< X_0 1))|'<' is not one of and, or, <=, >= (line 4, column 10)",
                "(assert (<= Z_0 1))|'Z_0' is neither a declared variable nor a number (line 4, column 13)",
                "(assert (<= X_0 1e999))|'1e999' is neither",
                "(assert (<= X_3 1))|'X_3' is not declared",
                "(check-sat)|'check-sat' is not a command",
                "(declare-const X_2 Real)|'X_2' is declared where X_1 is next",
                "(assert (<= X_0 1))|the input X_0 has no lower bound",
                "(assert (<= X_0 Y_0))|an input is compared with another variable",
            })
    void errorsSayWhere(String text, String message) {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> VnnLib.parse(HEAD + text, "bad.vnnlib"))
                .withMessageContaining("bad.vnnlib")
                .withMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"property", "results"})
    void namesThatAreNoPathsAreNamed(String kind, @TempDir Path folder) throws Exception {
        Path file = folder.resolve("list.csv");
        boolean list = kind.equals("property");
        Files.writeString(file, list ? "n.onnx,a\0b.vnnlib,5\n" : "assay,n\0.onnx,p.vnnlib,0.1,sat,0.2\n");
        Location location = Location.of(file);
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> (list ? new PropertyFileKind() : new EarlierResultsKind()).open(location))
                .withMessageContaining("line 1");
    }

    @Test
    void tooManyCasesAreRefusedWithTheirCount() {
        String two = "(assert (or (<= Y_0 0) (<= Y_1 0)))";
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> VnnLib.parse(HEAD + BOX + two.repeat(20), "p"))
                .withMessageContaining("the property has 16384 cases");
    }
}

package dev.assay.ui.tabs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.assay.analyses.fidelity.RobustFidelity;
import dev.assay.analysis.ParameterSet;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveParametersTest {

    @Test
    void theDrawThatIsShownIsNotTakenForASampleOfTheData() {
        ParameterSet<?> set = ParameterSet.of(new RobustFidelity().parameters());
        assertThat(LiveParameters.inWords(set, Map.of("alpha1", "0.1", "cut", "auto", "sample", "0")))
                .isEqualTo("alpha1 0.1, cut auto, draw shown 0");
    }
}

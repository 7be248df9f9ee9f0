package dev.assay.run.fake;

import dev.assay.analysis.Exact;
import dev.assay.analysis.Parameter;
import java.util.List;

/** Parameters of every type. */
public record FakeParameters(
        @Parameter(label = "Steps", help = "How many steps.", min = "0", max = "1000000000") int steps,
        @Parameter(label = "Slack s", help = "An exact share.", min = "0", max = "0.5",
                maxExclusive = true) Exact slack,
        @Parameter(label = "Rate", help = "A real.") double rate,
        @Parameter(label = "Loud", help = "A switch.") boolean loud,
        @Parameter(label = "Way", help = "A choice.") Way way,
        @Parameter(label = "Note", help = "A text.") String note,
        @Parameter(label = "Slacks", help = "A list.", min = "0") List<Exact> slacks) {

    /** A choice of two words. */
    public enum Way {
        STRAIGHT_ON,
        ROUND_ABOUT
    }

    /** The defaults. */
    public static FakeParameters defaults() {
        return new FakeParameters(
                10, Exact.parse("0.01"), 0.5, false, Way.STRAIGHT_ON, "plain",
                List.of(Exact.parse("0"), Exact.parse("1/6")));
    }
}

package dev.assay.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class RunStatesTest {

    /** What may happen to a run, from outside and from its worker. */
    enum Event {
        BEGIN,
        PAUSE,
        RESUME,
        CANCEL,
        WORK_ENDED,
        DONE,
        FAILED
    }

    @Property(tries = 500)
    void whateverHappensAFinalStateIsTheLastAndTimeStopsWithIt(@ForAll @Size(max = 30) List<Event> events) {
        List<RunState> heard = new ArrayList<>();
        long[] nanos = {0};
        Run run = new Run("id", "name", dev.assay.run.fake.Requests.of("fake"), Path.of("x"), Clock.systemUTC(),
                () -> nanos[0] += 1000, r -> heard.add(r.state()));
        RunState end = null;
        java.time.Duration worked = null;
        for (Event event : events) {
            switch (event) {
                case BEGIN -> run.begin();
                case PAUSE -> run.pause();
                case RESUME -> run.resume();
                case CANCEL -> run.cancel();
                case WORK_ENDED -> run.workEnded();
                case DONE -> run.end(RunState.DONE, null, null);
                case FAILED -> run.end(RunState.FAILED, new RunFailure("m", true, ""), null);
            }
            if (end != null) {
                assertThat(run.state()).isEqualTo(end);
                assertThat(run.elapsed()).isEqualTo(worked);
            } else if (run.state().isFinal()) {
                end = run.state();
                worked = run.elapsed();
            }
        }
        assertThat(heard.stream().filter(RunState::isFinal).count()).isLessThanOrEqualTo(1);
    }

    @Property(tries = 200)
    void aPausedRunHasBegunAndIsNotBeingCancelled(@ForAll @Size(max = 30) List<Event> events) {
        Run run = new Run("id", "name", dev.assay.run.fake.Requests.of("fake"), Path.of("x"), Clock.systemUTC(),
                System::nanoTime, r -> {});
        for (Event event : events) {
            switch (event) {
                case BEGIN -> run.begin();
                case PAUSE -> run.pause();
                case RESUME -> run.resume();
                case CANCEL -> run.cancel();
                default -> run.pause();
            }
            if (run.state() == RunState.PAUSED) {
                assertThat(run.started()).isPresent();
                assertThat(run.cancelRequested()).isFalse();
            }
        }
    }
}

package io.flexir.ops.bench.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flexir.contracts.work.PhaseSeconds;

import org.junit.jupiter.api.Test;

import java.util.List;

class WorkerTimesTest {
    private final WorkerTimes times =
            WorkerTimes.of(
                    1,
                    2,
                    List.of(
                            new PhaseSeconds(0.01, 0.02, 0.7, 0.03, 0.04, 0.05),
                            new PhaseSeconds(0.03, 0.02, 0.9, 0.01, 0.04, 0.05)),
                    0.9);

    @Test
    void what_lies_between_photos_counts_as_not_inference() {
        assertThat(times.mean().inference()).isCloseTo(0.8, within(1e-9));
        assertThat(times.between()).isCloseTo(1 - 0.95, within(1e-9));
        assertThat(times.shareAround()).isCloseTo(0.2, within(1e-9));
    }

    @Test
    void two_slots_have_twice_the_wall_time() {
        WorkerTimes beside =
                WorkerTimes.of(
                        2,
                        1,
                        List.of(
                                new PhaseSeconds(0, 0.1, 0.8, 0, 0, 0),
                                new PhaseSeconds(0, 0.1, 0.8, 0, 0, 0)),
                        0.45);

        assertThat(beside.between()).isCloseTo(0.1, within(1e-9));
        assertThat(beside.shareAround()).isCloseTo(0.2, within(1e-9));
        assertThat(beside.shareOfEngine()).isCloseTo(0.9, within(1e-9));
    }

    @Test
    void scripts_get_every_phase() {
        assertThat(WorkerTimesReport.json(times))
                .startsWith(
                        "{\"slots\":1,\"photos\":2,\"wallSeconds\":2.0,\"secondsPerPhoto\":{\"inference\":")
                .contains(
                        "\"fetch\":",
                        "\"between\":",
                        "\"shareAroundInference\":",
                        "\"shareOfEngine\":0.9");
    }

    @Test
    void people_get_milliseconds_and_a_sentence() {
        assertThat(WorkerTimesReport.lines(times))
                .anyMatch(line -> line.matches("inference +800.0 +80.0%"))
                .contains(
                        "2 photos in 2.00 s, 1.00 a second, 1 at a time: 20.0% of the worker's wall time is not inference",
                        "the engine alone does 1.11 a second: the worker around it leaves 90.0% of that");
    }
}

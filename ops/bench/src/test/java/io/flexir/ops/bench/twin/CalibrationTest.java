package io.flexir.ops.bench.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.IntStream;

class CalibrationTest {
    private static final double NEAR = 1e-9;

    @Test
    void a_worker_is_what_every_job_takes_and_what_a_multiply_add_takes() {
        Calibration measured =
                Calibration.of(
                        List.of(sample(0, 0.1), sample(2, 0.2), sample(4, 0.3)),
                        List.of(sample(0, 0.05), sample(4, 0.25)),
                        List.of(sample(2, 0.23), sample(4, 0.31)));

        assertThat(measured.service().overheadSeconds()).isCloseTo(0.1, within(NEAR));
        assertThat(measured.service().gigaMacsPerSecond()).isCloseTo(20, within(NEAR));
        assertThat(measured.receipts().overheadSeconds()).isCloseTo(0.05, within(NEAR));
        assertThat(measured.reportSeconds()).isCloseTo(0.02, within(NEAR));
        assertThat(measured.spread()).isCloseTo(0, within(NEAR));
    }

    @Test
    void between_two_measurements_a_job_takes_the_mean_of_what_it_took_in_both() {
        List<Calibration.Sample> fast = List.of(sample(0, 0.1), sample(4, 0.3));
        List<Calibration.Sample> slow = List.of(sample(0, 0.3), sample(4, 0.7));

        Calibration between =
                Calibration.between(
                        Calibration.of(fast, fast, fast), Calibration.of(slow, slow, slow));

        assertThat(between.service().overheadSeconds()).isCloseTo(0.2, within(NEAR));
        assertThat(4 / between.service().gigaMacsPerSecond()).isCloseTo(0.3, within(NEAR));
    }

    @Test
    void a_spread_is_of_the_time_that_a_slot_takes() {
        Calibration measured =
                Calibration.of(
                        List.of(sample(0, 0.1), sample(4, 0.5)),
                        List.of(sample(1, 0.1), sample(1, 0.2), sample(3, 0.3), sample(3, 0.4)),
                        List.of(sample(4, 0.5)));

        double atOne = 0.05 / 0.2;
        double atThree = 0.05 / 0.4;
        assertThat(measured.spread())
                .isCloseTo(Math.sqrt((atOne * atOne + atThree * atThree) / 2), within(NEAR));
    }

    @Test
    void a_slot_is_as_much_slower_as_its_network_was_and_the_rest_makes_the_mean_right() {
        Calibration before = twentyGigaMacsASecond();
        List<Calibration.Sample> waited =
                IntStream.range(0, 20).mapToObj(i -> sample(i % 5, 0.2 + 0.1 * (i % 5))).toList();

        Calibration lived = before.lived(waited, 2);

        assertThat(lived.service().gigaMacsPerSecond()).isCloseTo(10, within(NEAR));
        assertThat(lived.service().overheadSeconds()).isCloseTo(0.2, within(NEAR));
        assertThat(lived.receipts()).isEqualTo(before.receipts());
        assertThat(before.lived(waited.subList(0, 19), 2)).isEqualTo(before);
    }

    @Test
    void a_job_is_as_slow_as_its_network_made_its_slot() {
        Calibration before = twentyGigaMacsASecond();
        List<Calibration.Sample> networks = List.of(sample(2, 0.35), sample(4, 0.55));

        List<Double> slowness = before.slowness(networks, before.pace(networks));

        assertThat(slowness.getFirst()).isCloseTo(1 + (0.35 - 2 * 0.18) / 0.2, within(1e-3));
        assertThat(slowness.getLast()).isCloseTo(1 + (0.55 - 2 * 0.27) / 0.3, within(1e-3));
    }

    /** 0.1 s a job in all. */
    private static Calibration twentyGigaMacsASecond() {
        List<Calibration.Sample> measured = List.of(sample(0, 0.1), sample(4, 0.3));
        return Calibration.of(measured, measured, measured);
    }

    private static Calibration.Sample sample(double gigaMacs, double seconds) {
        return new Calibration.Sample(gigaMacs, seconds);
    }
}

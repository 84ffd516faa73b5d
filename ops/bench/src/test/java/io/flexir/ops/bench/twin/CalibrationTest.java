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
    void what_jobs_in_line_took_takes_the_place_of_what_was_measured_before() {
        List<Calibration.Sample> measured = List.of(sample(0, 0.1), sample(4, 0.3));
        Calibration before = Calibration.of(measured, measured, measured);
        List<Calibration.Sample> waited =
                IntStream.range(0, 20).mapToObj(i -> sample(i % 5, 0.2 + 0.1 * (i % 5))).toList();

        Calibration lived = before.lived(waited);

        assertThat(lived.service().overheadSeconds()).isCloseTo(0.2, within(NEAR));
        assertThat(lived.service().gigaMacsPerSecond()).isCloseTo(10, within(NEAR));
        assertThat(lived.receipts()).isEqualTo(before.receipts());
        assertThat(before.lived(waited.subList(0, 19))).isEqualTo(before);
    }

    private static Calibration.Sample sample(double gigaMacs, double seconds) {
        return new Calibration.Sample(gigaMacs, seconds);
    }
}

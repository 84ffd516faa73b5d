package io.flexir.scheduler.api.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

import java.util.stream.DoubleStream;

class EstimateTest {
    private static final Offset<Double> EXACTLY = within(1e-3);

    /** Tables: t(0.975, 4) is 2.776, and the sample's standard deviation is sqrt(2.5). */
    @Test
    void a_mean_has_the_interval_of_students_t() {
        Estimate estimate = of(1, 2, 3, 4, 5);

        assertThat(estimate.samples()).isEqualTo(5);
        assertThat(estimate.mean()).isEqualTo(3);
        assertThat(estimate.low()).isCloseTo(3 - 2.776 * Math.sqrt(2.5 / 5), EXACTLY);
        assertThat(estimate.high()).isCloseTo(3 + 2.776 * Math.sqrt(2.5 / 5), EXACTLY);
    }

    @Test
    void one_sample_has_no_interval_and_none_has_no_mean() {
        assertThat(of(4)).isEqualTo(new Estimate(1, 4, null, null));
        assertThat(of()).isNull();
        assertThat(Estimate.ofShare(0, 0)).isNull();
    }

    /** Wilson (1927) for 8 of 10. */
    @Test
    void a_share_stays_within_what_shares_can_be() {
        assertThat(Estimate.ofShare(8, 10).low()).isCloseTo(0.490, EXACTLY);
        assertThat(Estimate.ofShare(8, 10).high()).isCloseTo(0.943, EXACTLY);
        assertThat(Estimate.ofShare(10, 10).high()).isLessThanOrEqualTo(1.0 + 1e-9);
    }

    private static Estimate of(double... values) {
        SummaryStatistics statistics = new SummaryStatistics();
        DoubleStream.of(values).forEach(statistics::addValue);
        return Estimate.of(statistics);
    }
}

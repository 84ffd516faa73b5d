package io.flexir.scheduler.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.request.Depth;

import org.junit.jupiter.api.Test;

/** Jobs of 1, 2 and 3 seconds by pointer, whose second step gains 2 dB and whose third one 1 dB. */
class DemandTest {
    private static final ServiceTime SERVICE = new ServiceTime(0, 1);
    private static final QualityCurve CURVE =
            new QualityCurve(20, new double[] {30, 32, 33}, new double[] {1, 2, 3});
    private static final double WINDOW = 10;

    private final Demand demand = new Demand();

    @Test
    void nothing_has_a_price_where_nothing_came() {
        assertThat(demand.price(0, 4, 0)).isZero();
    }

    @Test
    void the_price_is_the_gain_of_the_last_step_that_fits() {
        double end = comeFor(600, 1);

        assertThat(demand.price(end, 10, 0)).isZero();
        assertThat(demand.price(end, 2.5, 0)).isBetween(0.9, 1.06);
        assertThat(demand.price(end, 1.5, 0)).isBetween(1.9, 2.12);
        assertThat(demand.price(end, 0.5, 0)).isGreaterThan(100);
    }

    @Test
    void work_that_waits_and_work_in_flight_make_it_dearer() {
        double end = comeFor(600, 1);
        double before = demand.price(end, 3.2, 0);

        double withInFlight = demand.price(end, 3.2, 40);
        for (int i = 0; i < 20; i++) {
            demand.waits(job(end), SERVICE);
        }

        assertThat(before).isZero();
        assertThat(withInFlight).isPositive();
        assertThat(demand.price(end, 3.2, 0)).isPositive();
    }

    @Test
    void it_falls_when_nobody_comes_any_more() {
        double end = comeFor(600, 1);

        assertThat(demand.price(end + 300, 1.5, 0)).isZero();
    }

    /** Each job is served as it comes. */
    private double comeFor(int jobs, double everySeconds) {
        double now = 0;
        for (int i = 0; i < jobs; i++) {
            now += everySeconds;
            demand.arrived(job(now), SERVICE, now);
            demand.left(job(now), SERVICE);
        }
        return now;
    }

    private static JobFacts job(double now) {
        return new JobFacts(new Depth.Automatic(), 1, CURVE, 1, now + WINDOW);
    }
}

package io.flexir.scheduler.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.flexir.contracts.request.Depth;

import org.junit.jupiter.api.Test;

/** Jobs of 1, 2 and 3 seconds by pointer, whose second step gains 2 dB and whose third one 1 dB. */
class DemandTest {
    private static final ServiceTime SERVICE = new ServiceTime(0, 1);
    private static final QualityCurve CURVE =
            new QualityCurve(20, new double[] {30, 32, 33}, new double[] {1, 2, 3});

    private final Demand demand = new Demand();

    @Test
    void nothing_has_a_price_where_nothing_came() {
        assertThat(demand.price(0, 4, 0, 0)).isZero();
    }

    @Test
    void the_price_is_the_gain_of_the_last_step_that_fits() {
        double end = comeFor(600, 1, 10);

        assertThat(price(end, 10)).isZero();
        assertThat(price(end + 0.1, 2.5)).isBetween(0.85, 1.15);
        assertThat(price(end + 0.2, 1.5)).isBetween(1.7, 2.3);
        assertThat(price(end + 0.3, 0.4)).isGreaterThan(2);
    }

    @Test
    void what_is_due_late_may_be_left_so_long_as_it_does_not_pile_up() {
        double soon = new DemandTest().priceAfterHalfAMinute(10);
        double late = new DemandTest().priceAfterHalfAMinute(300);

        assertThat(soon).isGreaterThan(0.8);
        assertThat(late).isZero();
    }

    @Test
    void work_that_waits_makes_it_dearer() {
        double end = comeFor(600, 1, 60);
        double before = price(end, 3.2);
        for (int i = 0; i < 60; i++) {
            demand.waits(job(end, 30), SERVICE, end);
        }

        assertThat(before).isZero();
        assertThat(price(end + 0.1, 3.2)).isPositive();
    }

    @Test
    void nobody_pays_where_the_fleet_would_idle_before_others_come() {
        double end = comeFor(600, 1, 10);

        assertThat(price(end, 1.5)).isPositive();
        assertThat(price(end + 40, 1.5)).isZero();
    }

    @Test
    void after_a_clock_was_set_back_what_came_is_forgotten_as_before() {
        double setBack = comeFor(600, 1, 10) - 3600;

        assertThat(price(setBack, 1.5)).isPositive();
        assertThat(demand.slotsWanted(setBack)).isBetween(2.5, 3.5);
        assertThat(price(setBack + 40, 1.5)).isZero();
    }

    @Test
    void a_job_leaves_as_it_was_entered() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> demand.left(job(0, 10), SERVICE, 12));
    }

    private double priceAfterHalfAMinute(double window) {
        return price(comeFor(30, 1, window), 1.2);
    }

    private double price(double now, double slots) {
        return demand.price(now, slots, 0, 0);
    }

    /** Each job is served as it comes. */
    private double comeFor(int jobs, double everySeconds, double window) {
        double now = 0;
        for (int i = 0; i < jobs; i++) {
            now += everySeconds;
            double due = demand.arrived(job(now, window), SERVICE, now);
            demand.left(job(now, window), SERVICE, due);
        }
        return now;
    }

    private static JobFacts job(double now, double window) {
        return new JobFacts(new Depth.Automatic(), 1, CURVE, 1, now + window);
    }
}

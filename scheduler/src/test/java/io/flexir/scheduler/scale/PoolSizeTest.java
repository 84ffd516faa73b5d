package io.flexir.scheduler.scale;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

class PoolSizeTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final ScalingRules RULES = rules(1, 100);

    @Example
    void starts_with_what_there_is() {
        assertThat(PoolSize.initial(7, RULES).workers()).isEqualTo(7);
        assertThat(PoolSize.initial(0, RULES).workers()).isEqualTo(1);
        assertThat(PoolSize.initial(200, RULES).workers()).isEqualTo(100);
    }

    @Example
    void work_that_is_too_much_even_at_the_floor_adds_workers_at_once_twice_as_many_a_step() {
        List<Integer> sizes = sizes(1, 12, new Need(20, 20, true));

        assertThat(sizes).startsWith(2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 4, 4);
    }

    @Example
    void what_a_lesser_depth_can_bear_adds_workers_after_a_while() {
        List<Integer> sizes = sizes(1, 12, new Need(0.5, 20, true));

        assertThat(sizes).startsWith(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2);
    }

    @Example
    void a_moment_that_full_depth_was_within_reach_starts_the_while_anew() {
        PoolSize size = PoolSize.initial(1, RULES);
        for (int second = 0; second < 9; second++) {
            size = size.next(new Need(0.5, 3, true), RULES, at(second));
        }

        size = size.next(new Need(0.5, 1, true), RULES, at(9));
        size = size.next(new Need(0.5, 3, true), RULES, at(10));

        assertThat(size.next(new Need(0.5, 3, true), RULES, at(19)).workers()).isEqualTo(1);
        assertThat(size.next(new Need(0.5, 3, true), RULES, at(20)).workers()).isEqualTo(2);
    }

    @Example
    void a_clock_that_was_set_back_does_not_hold_it() {
        Need heavy = new Need(20, 20, true);
        PoolSize size = PoolSize.initial(1, RULES).next(heavy, RULES, at(0));

        PoolSize before = size.next(heavy, RULES, at(-3600));
        PoolSize after = before.next(heavy, RULES, at(-3600 + 10));

        assertThat(size.workers()).isEqualTo(2);
        assertThat(before.workers()).isEqualTo(2);
        assertThat(after.workers()).isEqualTo(4);
    }

    @Example
    void goes_down_a_quarter_at_a_time_each_after_the_whole_window() {
        List<Integer> sizes = sizes(8, 250, new Need(0, 0, false));

        assertThat(sizes.get(119)).isEqualTo(8);
        assertThat(sizes.get(120)).isEqualTo(6);
        assertThat(sizes.get(239)).isEqualTo(6);
        assertThat(sizes.get(240)).isEqualTo(5);
    }

    @Example
    void goes_down_to_the_most_that_was_needed_in_the_window() {
        PoolSize size = PoolSize.initial(8, RULES);
        size = size.next(new Need(1, 1, true), RULES, at(0));
        size = size.next(new Need(6, 6, true), RULES, at(60));

        size = size.next(new Need(1, 1, true), RULES, at(120));

        assertThat(size.workers()).isEqualTo(7);
    }

    @Example
    void a_pool_that_may_go_altogether_goes_when_it_has_nothing_and_comes_for_one_job() {
        ScalingRules none = rules(0, 10);
        PoolSize one = PoolSize.initial(1, none);

        PoolSize busy =
                one.next(new Need(1e-6, 1e-6, true), none, at(0))
                        .next(new Need(1e-6, 1e-6, true), none, at(500));
        PoolSize idle =
                one.next(new Need(0, 1e-6, false), none, at(0))
                        .next(new Need(0, 1e-6, false), none, at(500));

        assertThat(busy.workers()).isEqualTo(1);
        assertThat(idle.workers()).isZero();
        assertThat(idle.next(new Need(1e-6, 1e-6, true), none, at(501)).workers()).isEqualTo(1);
    }

    @Property
    void a_step_is_bounded_whatever_the_need(
            @ForAll @IntRange(min = 0, max = 100) int start,
            @ForAll("needs") @Size(60) List<Need> needs) {
        ScalingRules rules = rules(0, 100);
        PoolSize size = PoolSize.initial(start, rules);
        int second = 0;
        for (Need need : needs) {
            PoolSize next = size.next(need, rules, at(second += 7));

            assertThat(next.workers())
                    .isBetween(
                            size.workers() - Math.max(1, size.workers() / 4),
                            size.workers() + Math.max(1, size.workers()))
                    .isBetween(0, 100);
            size = next;
        }
    }

    @Property
    void a_constant_need_moves_it_one_way_and_to_rest(
            @ForAll @IntRange(min = 0, max = 100) int start, @ForAll("need") Need need) {
        List<Integer> sizes = sizes(start, 6000, need);

        assertThat(sizes)
                .isIn(
                        sizes.stream().sorted().toList(),
                        sizes.stream().sorted((a, b) -> b - a).toList());
        assertThat(sizes.subList(5000, 6000)).containsOnly(sizes.getLast());
        assertThat((double) sizes.getLast())
                .isGreaterThanOrEqualTo(
                        Math.min(100, need.atFullDepth() * (1 - PoolSize.TOLERANCE)) - 0.01);
    }

    @Example
    void a_need_that_grows_on_after_a_step_is_followed() {
        PoolSize size = PoolSize.initial(1, RULES);
        for (int second = 0; second <= 10; second++) {
            size = size.next(new Need(0, 2, true), RULES, at(second));
        }
        for (int second = 11; second <= 21; second++) {
            size = size.next(new Need(0, 3, true), RULES, at(second));
        }

        assertThat(size.workers()).isEqualTo(3);
    }

    @Property
    void whatever_came_before_a_constant_need_ends_with_neither_too_few_nor_too_many(
            @ForAll @IntRange(min = 0, max = 100) int start,
            @ForAll("needs") @Size(60) List<Need> before,
            @ForAll("need") Need need) {
        PoolSize size = PoolSize.initial(start, RULES);
        int second = 0;
        for (Need other : before) {
            size = size.next(other, RULES, at(second += 7));
        }
        for (int look = 0; look < 600; look++) {
            size = size.next(need, RULES, at(second += 10));
        }

        assertThat((double) size.workers())
                .isGreaterThanOrEqualTo(Math.min(100, need.atFullDepth() * 0.9) - 0.01)
                .isLessThan(Math.max(1, need.atFullDepth() * 1.1) + 1);
    }

    @Property
    void a_need_that_varies_within_the_tolerance_never_takes_a_step_back(
            @ForAll @IntRange(min = 1, max = 100) int start,
            @ForAll @DoubleRange(min = 0, max = 80) double mean,
            @ForAll @Size(500) List<@DoubleRange(min = -0.1, max = 0.1) Double> noise) {
        PoolSize size = PoolSize.initial(start, RULES);
        List<Integer> moves = new ArrayList<>();
        int second = 0;
        for (double share : noise) {
            double need = mean * (1 + share);
            PoolSize next = size.next(new Need(need / 2, need, true), RULES, at(second += 10));
            if (next.workers() != size.workers()) {
                moves.add(Integer.signum(next.workers() - size.workers()));
            }
            size = next;
        }

        assertThat(moves.stream().distinct()).hasSizeLessThanOrEqualTo(1);
    }

    /**
     * Arrivals of a constant rate, a queue that the workers work off, and workers that take a while
     * to start.
     */
    @Property(tries = 200)
    void a_constant_load_comes_to_rest_with_nothing_waiting(
            @ForAll @IntRange(min = 1, max = 100) int start,
            @ForAll @DoubleRange(min = 0.01, max = 60) double load,
            @ForAll @DoubleRange(min = 0, max = 20_000) double backlog,
            @ForAll @IntRange(min = 0, max = 30) int startSeconds) {
        PoolSize size = PoolSize.initial(start, RULES);
        List<Integer> wanted = new ArrayList<>();
        double waiting = backlog;
        for (int second = 0; second < 20_000; second++) {
            double full = Math.max(waiting / 60, load / Need.BUSY_SHARE);
            size = size.next(new Need(full / 3, full, true), RULES, at(second));
            wanted.add(size.workers());
            int there = Math.min(size.workers(), wanted.get(Math.max(0, second - startSeconds)));
            waiting = Math.max(0, waiting + load - there);
        }

        assertThat(wanted.subList(19_000, 20_000)).containsOnly(size.workers());
        assertThat((double) size.workers()).isBetween(load, load / Need.BUSY_SHARE * 1.1 + 1);
        assertThat(waiting).isZero();
    }

    @Provide
    Arbitrary<Need> need() {
        return Arbitraries.doubles()
                .between(0, 150)
                .tuple2()
                .map(
                        pair ->
                                new Need(
                                        Math.min(pair.get1(), pair.get2()),
                                        Math.max(pair.get1(), pair.get2()),
                                        true));
    }

    @Provide
    Arbitrary<List<Need>> needs() {
        return need().list();
    }

    /** A second apart, from the first look on. */
    private static List<Integer> sizes(int start, int seconds, Need need) {
        List<Integer> sizes = new ArrayList<>();
        PoolSize size = PoolSize.initial(start, RULES);
        for (int second = 0; second < seconds; second++) {
            size = size.next(need, RULES, at(second));
            sizes.add(size.workers());
        }
        return sizes;
    }

    private static ScalingRules rules(int min, int max) {
        return new ScalingRules(
                min, max, Duration.ofSeconds(60), Duration.ofSeconds(10), Duration.ofSeconds(120));
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }
}

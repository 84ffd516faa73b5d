package io.flexir.scheduler.budget;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

class WaterLevelTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final double TARGET_SECONDS = 30;
    private static final int DEEPEST = 6;

    @Example
    void starts_where_the_load_puts_it() {
        assertThat(WaterLevel.initial(load(1), TARGET_SECONDS, START).level()).isEqualTo(6);
        assertThat(WaterLevel.initial(load(10), TARGET_SECONDS, START).level()).isEqualTo(3);
        assertThat(WaterLevel.initial(load(1000), TARGET_SECONDS, START).level()).isEqualTo(1);
    }

    @Example
    void goes_down_a_level_a_second_and_up_a_level_in_five() {
        WaterLevel down = new WaterLevel(6, START).next(load(1000), TARGET_SECONDS, at(1));
        WaterLevel soon = down.next(load(1000), TARGET_SECONDS, START.plusMillis(1900));
        WaterLevel later = down.next(load(0), TARGET_SECONDS, at(5));
        WaterLevel up = down.next(load(0), TARGET_SECONDS, at(6));

        assertThat(down).isEqualTo(new WaterLevel(5, at(1)));
        assertThat(soon).isEqualTo(down);
        assertThat(later).isEqualTo(down);
        assertThat(up).isEqualTo(new WaterLevel(6, at(6)));
    }

    @Example
    void a_clock_that_was_set_back_does_not_hold_it() {
        WaterLevel level = new WaterLevel(6, START);

        assertThat(level.next(load(1000), TARGET_SECONDS, at(-3600)).level()).isEqualTo(5);
    }

    @Property
    void moves_at_most_one_step_and_stays_within_the_models_depth(
            @ForAll("levels") WaterLevel level,
            @ForAll("loads") LoadSnapshot load,
            @ForAll @IntRange(min = -10, max = 100) int second) {
        WaterLevel next = level.next(load, TARGET_SECONDS, at(second));

        assertThat(next.level()).isBetween(1, DEEPEST);
        assertThat(Math.abs(next.level() - level.level())).isLessThanOrEqualTo(1);
    }

    @Property
    void more_work_never_makes_it_deeper(
            @ForAll("levels") WaterLevel level,
            @ForAll("loads") LoadSnapshot load,
            @ForAll @DoubleRange(min = 1, max = 100) double more) {
        List<Double> heavier = load.backlogGigaMacs().stream().map(work -> work * more).toList();
        LoadSnapshot heavy = new LoadSnapshot(load.gigaMacsPerSecond(), 1, heavier);

        WaterLevel next = level.next(load, TARGET_SECONDS, at(60));
        WaterLevel under = level.next(heavy, TARGET_SECONDS, at(60));

        assertThat(under.level()).isLessThanOrEqualTo(next.level());
        assertThat(WaterLevel.initial(heavy, TARGET_SECONDS, START).level())
                .isLessThanOrEqualTo(WaterLevel.initial(load, TARGET_SECONDS, START).level());
    }

    @Property
    void a_load_that_stays_the_same_makes_it_move_one_way_and_come_to_rest(
            @ForAll("levels") WaterLevel start, @ForAll("loads") LoadSnapshot load) {
        List<Integer> path = new ArrayList<>(List.of(start.level()));
        WaterLevel level = start;
        for (int second = 1; second <= 60; second++) {
            level = level.next(load, TARGET_SECONDS, at(second));
            path.add(level.level());
        }

        List<Integer> falling = path.stream().sorted((a, b) -> b - a).toList();
        List<Integer> rising = path.stream().sorted().toList();
        assertThat(path).isIn(falling, rising);
        assertThat(level.next(load, TARGET_SECONDS, at(10_000))).isEqualTo(level);
    }

    @Property
    void at_rest_it_drains_within_the_target_or_is_as_shallow_as_can_be(
            @ForAll("levels") WaterLevel start, @ForAll("loads") LoadSnapshot load) {
        WaterLevel level = start;
        for (int second = 1; second <= 60; second++) {
            level = level.next(load, TARGET_SECONDS, at(second));
        }

        boolean drains = load.drainSeconds(level.level()) <= TARGET_SECONDS;
        boolean room =
                level.level() < DEEPEST
                        && load.drainSeconds(level.level() + 1)
                                <= WaterLevel.UP_SHARE * TARGET_SECONDS;
        assertThat(drains || level.level() == 1).isTrue();
        assertThat(room).isFalse();
    }

    @Property
    void a_level_is_the_same_share_of_every_model(
            @ForAll @IntRange(min = 1, max = 12) int deepest,
            @ForAll @IntRange(min = 1, max = 12) int n) {
        List<Integer> pointers =
                IntStream.rangeClosed(1, deepest)
                        .mapToObj(level -> WaterLevel.pointer(level, deepest, n))
                        .toList();

        assertThat(pointers).isSorted().allMatch(pointer -> pointer >= 1 && pointer <= n);
        assertThat(pointers.getLast()).isEqualTo(n);
        if (n == deepest) {
            assertThat(pointers).doesNotHaveDuplicates();
        }
    }

    @Provide
    Arbitrary<WaterLevel> levels() {
        return Arbitraries.integers()
                .between(1, DEEPEST)
                .map(level -> new WaterLevel(level, START));
    }

    /** Work that grows with the level, by any steps. */
    @Provide
    Arbitrary<LoadSnapshot> loads() {
        Arbitrary<List<Double>> steps =
                Arbitraries.doubles().between(0, 3000).list().ofSize(DEEPEST);
        Arbitrary<Double> speeds = Arbitraries.doubles().between(1, 500);
        return Combinators.combine(steps, speeds)
                .as((step, speed) -> new LoadSnapshot(speed, speed, summed(step)));
    }

    private static List<Double> summed(List<Double> steps) {
        List<Double> sums = new ArrayList<>();
        double sum = 0;
        for (double step : steps) {
            sum += step;
            sums.add(sum);
        }
        return sums;
    }

    /** So many seconds of work for each level. */
    private static LoadSnapshot load(double secondsPerLevel) {
        return new LoadSnapshot(1, 1, summed(Collections.nCopies(DEEPEST, secondsPerLevel)));
    }

    private static Instant at(int second) {
        return START.plus(Duration.ofSeconds(second));
    }
}

package io.flexir.ops.bench.chaos.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

class FaultPlanTest {
    private static final Duration EVERY = Duration.ofSeconds(3);
    private static final int MANY = 500;

    @Test
    void the_same_seed_is_the_same_plan_and_another_seed_another() {
        assertThat(faults(7)).isEqualTo(faults(7)).isNotEqualTo(faults(8));
    }

    @Test
    void a_place_is_not_struck_again_before_it_has_recovered() {
        Map<Place, Duration> busy = new EnumMap<>(Place.class);

        for (PlannedFault fault : faults(1)) {
            Place place = fault.kind().place();
            assertThat(fault.at()).isGreaterThanOrEqualTo(busy.getOrDefault(place, Duration.ZERO));
            busy.put(place, fault.at().plus(fault.lasts()).plusSeconds(4));
        }
    }

    @Test
    void every_kind_comes_before_any_comes_twice() {
        List<FaultKind> first =
                faults(3).stream()
                        .limit(FaultKind.values().length)
                        .map(PlannedFault::kind)
                        .toList();

        assertThat(first).containsExactlyInAnyOrder(FaultKind.values());
    }

    @Test
    void a_fault_lasts_as_long_as_its_kind_may() {
        assertThat(faults(4))
                .allSatisfy(
                        fault ->
                                assertThat(fault.lasts())
                                        .isBetween(
                                                fault.kind().shortest(), fault.kind().longest()));
    }

    @Test
    void faults_come_every_so_often_while_there_are_places_to_strike() {
        List<PlannedFault> faults = faults(5);

        double mean = faults.getLast().at().toMillis() / 1e3 / faults.size();

        assertThat(mean).isBetween(2.7, 4.0);
    }

    @Test
    void a_plan_of_one_kind_waits_until_its_place_has_recovered() {
        FaultPlan plan = new FaultPlan(1, Set.of(FaultKind.PAUSE_SCHEDULER), EVERY);
        PlannedFault first = plan.next();

        assertThat(plan.next().at()).isGreaterThanOrEqualTo(first.at().plus(first.lasts()));
    }

    @Test
    void a_plan_without_faults_is_refused() {
        assertThatThrownBy(() -> new FaultPlan(1, Set.of(), EVERY))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FaultPlan(1, Set.of(FaultKind.KILL_WORKER), Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<PlannedFault> faults(long seed) {
        FaultPlan plan = new FaultPlan(seed, EnumSet.allOf(FaultKind.class), EVERY);
        return Stream.generate(plan::next).limit(MANY).toList();
    }
}

package io.flexir.scheduler.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.OnMiss;
import io.flexir.contracts.work.PointerBudget;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

class PolicyTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final int DEEPEST = 6;
    private static final Load IDLE = Load.idle(DEEPEST, new ServiceTime(0, 1));
    private static final Policy LOAD = Policy.of(new BudgetPolicy.Load(30));

    @Example
    void an_idle_fleet_grants_everything() {
        Grant grant = LOAD.grant(facts(new Depth.Automatic(), 2, 6), IDLE, START);

        assertThat(grant).isEqualTo(new Grant(new PointerBudget(2, 6), 6));
    }

    @Example
    void nothing_is_learnt_from_a_fleet_without_workers() {
        LoadSnapshot nobody = new LoadSnapshot(0, 20, List.of(1e9, 1e9, 1e9, 1e9, 1e9, 1e9));

        assertThat(LOAD.seeing(nobody, START)).isEqualTo(LOAD);
    }

    @Example
    void a_fixed_policy_ignores_the_load_and_is_what_its_jobs_want() {
        Policy fixed = Policy.of(new BudgetPolicy.Fixed(4)).seeing(overload(), START);

        Grant deep = fixed.grant(facts(new Depth.Automatic(), 1, 6), IDLE, START);
        Grant shallow = fixed.grant(facts(new Depth.Automatic(), 1, 3), IDLE, START);

        assertThat(deep).isEqualTo(new Grant(new PointerBudget(1, 4), 4));
        assertThat(shallow).isEqualTo(new Grant(new PointerBudget(1, 3), 3));
    }

    @Example
    void under_overload_a_job_gets_its_floor_and_still_wants_everything() {
        Policy loaded = LOAD.seeing(overload(), START);

        Grant grant = loaded.grant(facts(new Depth.Adaptive(1.05), 2, 6), IDLE, START);

        assertThat(grant).isEqualTo(new Grant(new PointerBudget(2, 2), 6));
    }

    @Property
    void the_floor_holds_and_a_fixed_depth_is_granted_as_asked(
            @ForAll("policies") Policy policy, @ForAll("jobs") JobFacts job) {
        Grant grant = policy.grant(job, IDLE, START);

        assertThat(grant.budget().target()).isBetween(1, job.n());
        switch (job.depth()) {
            case Depth.Fixed fixed ->
                    assertThat(grant.budget().target())
                            .isEqualTo(Math.min(fixed.pointer(), job.n()));
            case Depth.Automatic ignored -> assertThat(grant.budget().min()).isEqualTo(job.floor());
            case Depth.Adaptive ignored -> assertThat(grant.budget().min()).isEqualTo(job.floor());
        }
    }

    @Provide
    Arbitrary<JobFacts> jobs() {
        Arbitrary<Depth> depths =
                Arbitraries.oneOf(
                        Arbitraries.integers().between(1, 8).map(Depth.Fixed::new),
                        Arbitraries.just(new Depth.Automatic()),
                        Arbitraries.just(new Depth.Adaptive(1.05)));
        return Arbitraries.integers()
                .between(1, DEEPEST)
                .flatMap(
                        n ->
                                Combinators.combine(depths, Arbitraries.integers().between(1, n))
                                        .as((depth, floor) -> facts(depth, floor, n)));
    }

    @Provide
    Arbitrary<Policy> policies() {
        return Arbitraries.oneOf(
                Arbitraries.of(new SlackFit(), new MarginalGain()),
                Arbitraries.integers()
                        .between(1, 8)
                        .map(pointer -> Policy.of(new BudgetPolicy.Fixed(pointer))),
                Arbitraries.integers()
                        .between(1, DEEPEST)
                        .map(level -> (Policy) new DrainTarget(30, new WaterLevel(level, START))));
    }

    @Example
    void slack_takes_the_deepest_pointer_that_ends_in_time() {
        Policy slack = Policy.of(new BudgetPolicy.Slack());

        assertThat(target(slack, due(6.5), IDLE)).isEqualTo(6);
        assertThat(target(slack, due(3.5), IDLE)).isEqualTo(3);
        assertThat(target(slack, due(0.5), IDLE)).isEqualTo(1);
    }

    @Example
    void gain_climbs_while_a_second_brings_more_than_it_is_worth_elsewhere() {
        Policy gain = Policy.of(new BudgetPolicy.Gain());

        assertThat(target(gain, due(1e6), load(0, 1e9))).isEqualTo(6);
        assertThat(target(gain, due(1e6), load(0.4, 1e9))).isEqualTo(2);
        assertThat(target(gain, due(1e6), load(9, 1e9))).isEqualTo(1);
    }

    @Example
    void gain_makes_nobody_late_and_is_not_late_itself() {
        Policy gain = Policy.of(new BudgetPolicy.Gain());

        assertThat(target(gain, due(1e6), load(0, 2.5))).isEqualTo(3);
        assertThat(target(gain, due(1e6), load(0, -1))).isEqualTo(1);
        assertThat(target(gain, due(3), load(0, 1e9))).isEqualTo(2);
    }

    @Example
    void a_job_that_would_rather_be_late_than_shallow_goes_deep_once_it_is_late() {
        for (BudgetPolicy kind : List.of(new BudgetPolicy.Slack(), new BudgetPolicy.Gain())) {
            Policy policy = Policy.of(kind);

            assertThat(target(policy, due(0.5, 6, OnMiss.LATE), IDLE)).isEqualTo(6);
            assertThat(target(policy, due(0.5, 4, OnMiss.LATE), IDLE)).isEqualTo(4);
            assertThat(target(policy, due(0.5, 6, OnMiss.DEGRADE), IDLE)).isEqualTo(1);
            assertThat(target(policy, due(3.5, 6, OnMiss.LATE), IDLE))
                    .isEqualTo(target(policy, due(3.5), IDLE));
        }
    }

    @Property
    void no_policy_goes_past_the_target_and_none_calls_that_a_loss(
            @ForAll("policies") Policy policy,
            @ForAll @IntRange(min = 1, max = 6) int floor,
            @ForAll @IntRange(min = 1, max = 6) int target) {
        Assume.that(floor <= target);
        JobFacts facts = facts(new Depth.Automatic(), 1, 6);
        JobFacts job =
                new JobFacts(
                        facts.depth(),
                        floor,
                        target,
                        facts.curve(),
                        facts.pixels(),
                        facts.deadlineSeconds(),
                        facts.onMiss());

        Grant grant = policy.grant(job, IDLE, START);

        assertThat(grant.budget().target()).isBetween(floor, target);
        assertThat(grant.wanted()).isBetween(floor, target);
    }

    /** Pointer P takes P seconds of an idle slot, and gains are sqrt(P). */
    private static JobFacts due(double seconds) {
        return due(seconds, 6, OnMiss.DEGRADE);
    }

    private static JobFacts due(double seconds, int target, OnMiss onMiss) {
        double[] costs = IntStream.rangeClosed(1, 6).mapToDouble(p -> p).toArray();
        double[] qualities = IntStream.rangeClosed(1, 6).mapToDouble(Math::sqrt).toArray();
        return new JobFacts(
                new Depth.Automatic(),
                1,
                target,
                new QualityCurve(0, qualities, costs),
                1,
                Seconds.of(START) + seconds,
                onMiss);
    }

    private static int target(Policy policy, JobFacts job, Load load) {
        return policy.grant(job, load, START).budget().target();
    }

    private static Load load(double price, double spareSeconds) {
        return new Load(DEEPEST, new ServiceTime(0, 1), price, spareSeconds);
    }

    private static JobFacts facts(Depth depth, int floor, int n) {
        double[] costs = IntStream.rangeClosed(1, n).mapToDouble(p -> p).toArray();
        return new JobFacts(
                depth, floor, new QualityCurve(0, costs, costs), 1, Double.POSITIVE_INFINITY);
    }

    private static LoadSnapshot overload() {
        return new LoadSnapshot(1, 1, List.of(1e9, 1e9, 1e9, 1e9, 1e9, 1e9));
    }
}

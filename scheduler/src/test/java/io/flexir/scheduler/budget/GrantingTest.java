package io.flexir.scheduler.budget;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.request.Depth;
import io.flexir.contracts.work.PointerBudget;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import java.time.Instant;
import java.util.List;

class GrantingTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final int DEEPEST = 6;
    private static final Granting LOAD = Granting.by(new BudgetPolicy.Load(30));

    @Example
    void an_idle_fleet_grants_everything() {
        Grant grant = LOAD.grant(new JobFacts(new Depth.Automatic(), 2, 6), DEEPEST);

        assertThat(grant).isEqualTo(new Grant(new PointerBudget(2, 6), 6));
    }

    @Example
    void nothing_is_learnt_from_a_fleet_without_workers() {
        LoadSnapshot nobody = new LoadSnapshot(0, 20, List.of(1e9, 1e9, 1e9, 1e9, 1e9, 1e9));

        assertThat(LOAD.seeing(nobody, START)).isEqualTo(LOAD);
    }

    @Example
    void a_fixed_policy_ignores_the_load_and_is_what_its_jobs_want() {
        Granting fixed = Granting.by(new BudgetPolicy.Fixed(4)).seeing(overload(), START);

        Grant deep = fixed.grant(new JobFacts(new Depth.Automatic(), 1, 6), DEEPEST);
        Grant shallow = fixed.grant(new JobFacts(new Depth.Automatic(), 1, 3), DEEPEST);

        assertThat(deep).isEqualTo(new Grant(new PointerBudget(1, 4), 4));
        assertThat(shallow).isEqualTo(new Grant(new PointerBudget(1, 3), 3));
    }

    @Example
    void under_overload_a_job_gets_its_floor_and_still_wants_everything() {
        Granting loaded = LOAD.seeing(overload(), START);

        Grant grant = loaded.grant(new JobFacts(new Depth.Adaptive(1.05), 2, 6), DEEPEST);

        assertThat(grant).isEqualTo(new Grant(new PointerBudget(2, 2), 6));
    }

    @Property
    void the_floor_holds_and_a_fixed_depth_is_granted_as_asked(
            @ForAll("grantings") Granting granting, @ForAll("jobs") JobFacts job) {
        Grant grant = granting.grant(job, DEEPEST);

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
                                        .as((depth, floor) -> new JobFacts(depth, floor, n)));
    }

    @Provide
    Arbitrary<Granting> grantings() {
        return Arbitraries.oneOf(
                Arbitraries.integers()
                        .between(1, 8)
                        .map(pointer -> Granting.by(new BudgetPolicy.Fixed(pointer))),
                Arbitraries.integers()
                        .between(1, DEEPEST)
                        .map(
                                level ->
                                        new Granting(
                                                new BudgetPolicy.Load(30),
                                                new WaterLevel(level, START))));
    }

    private static LoadSnapshot overload() {
        return new LoadSnapshot(1, 1, List.of(1e9, 1e9, 1e9, 1e9, 1e9, 1e9));
    }
}

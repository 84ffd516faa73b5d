package io.flexir.scheduler.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flexir.scheduler.budget.FairShares.Claim;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

class FairSharesTest {
    private static final double SLACK = 1e-6;

    @Example
    void what_a_modest_one_leaves_goes_to_the_others_by_weight() {
        Map<String, Claim> claims =
                Map.of(
                        "modest", new Claim(1, 10),
                        "greedy", new Claim(1, 1000),
                        "double", new Claim(2, 1000));

        assertThat(FairShares.granted(100, claims))
                .containsEntry("modest", 10.0)
                .containsEntry("greedy", 30.0)
                .containsEntry("double", 60.0);
        assertThat(FairShares.entitled(100, claims))
                .containsEntry("modest", 25.0)
                .containsEntry("greedy", 30.0)
                .containsEntry("double", 60.0);
    }

    @Property
    void nobody_gets_more_than_it_needs_and_nothing_is_left_that_somebody_needs(
            @ForAll @DoubleRange(min = 0, max = 1000) double capacity,
            @ForAll("claims") @Size(min = 1, max = 20) List<Claim> claims) {
        Map<Integer, Claim> byKey = byKey(claims);

        Map<Integer, Double> granted = FairShares.granted(capacity, byKey);

        double needs = claims.stream().mapToDouble(Claim::need).sum();
        double sum = granted.values().stream().mapToDouble(part -> part).sum();
        assertThat(sum).isCloseTo(Math.min(capacity, needs), within(SLACK * (1 + capacity)));
        byKey.forEach(
                (key, claim) -> assertThat(granted.get(key)).isBetween(0.0, claim.need() + SLACK));
    }

    @Property
    void nobody_pays_for_what_others_want(
            @ForAll @DoubleRange(min = 0, max = 1000) double capacity,
            @ForAll("claims") @Size(min = 2, max = 20) List<Claim> claims,
            @ForAll @DoubleRange(min = 0, max = 1e6) double burst) {
        Map<Integer, Claim> byKey = byKey(claims);
        byKey.put(0, new Claim(claims.getFirst().weight(), burst));
        double weights = claims.stream().mapToDouble(Claim::weight).sum();

        Map<Integer, Double> entitled = FairShares.entitled(capacity, byKey);

        byKey.forEach(
                (key, claim) ->
                        assertThat(entitled.get(key))
                                .isBetween(
                                        capacity * claim.weight() / weights - SLACK,
                                        capacity + SLACK));
    }

    @Property
    void one_alone_has_everything(
            @ForAll @DoubleRange(min = 0, max = 1000) double capacity,
            @ForAll("claim") Claim claim) {
        assertThat(FairShares.entitled(capacity, Map.of("only", claim)))
                .containsEntry("only", capacity);
    }

    @Provide
    Arbitrary<Claim> claim() {
        return Combinators.combine(
                        Arbitraries.doubles().between(0.1, 10),
                        Arbitraries.doubles().between(0, 1000))
                .as(Claim::new);
    }

    @Provide
    Arbitrary<List<Claim>> claims() {
        return claim().list();
    }

    private static Map<Integer, Claim> byKey(List<Claim> claims) {
        Map<Integer, Claim> byKey = new HashMap<>();
        IntStream.range(0, claims.size()).forEach(i -> byKey.put(i, claims.get(i)));
        return byKey;
    }
}

package io.flexir.scheduler.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.PriorityClass;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Against the definition, counted job by job. */
class DeadlineTreeTest {
    record Entry(OrderKey key, double deadline, double seconds, double worth) {}

    @Property(tries = 300)
    void says_what_counting_says(
            @ForAll("entries") @Size(max = 40) List<Entry> entries,
            @ForAll @DoubleRange(min = 0.5, max = 9) double slots,
            @ForAll @DoubleRange(max = 60) double now,
            @ForAll @DoubleRange(max = 50) double inFlight) {
        DeadlineTree tree = new DeadlineTree(1);
        entries.forEach(e -> tree.add(e.key(), e.deadline(), e.seconds(), e.worth()));
        List<Entry> left = new ArrayList<>(entries.subList(entries.size() / 3, entries.size()));
        entries.subList(0, entries.size() / 3).forEach(e -> tree.remove(e.key()));
        left.sort((one, other) -> one.key().compareTo(other.key()));
        tree.setSlots(slots);

        assertThat(tree.size()).isEqualTo(left.size());
        double needed = now * slots + inFlight;
        List<Double> slacks = slacks(left, slots, needed);
        near(tree.spare(now, inFlight), least(slacks, 0));
        for (int i = 0; i < left.size(); i++) {
            near(tree.spareBehind(left.get(i).key(), now, inFlight), least(slacks, i + 1));
        }
        assertThat(tree.loser(now, inFlight).map(key -> worth(left, key)))
                .isEqualTo(loser(left, slacks, now).map(Entry::worth));
    }

    @Example
    void a_job_that_cannot_be_on_time_even_alone_gives_way_itself() {
        DeadlineTree tree = new DeadlineTree(1);
        tree.add(key(10, "cheap"), 10, 1, 0.1);
        tree.add(key(11, "hopeless"), 11, 20, 9);

        assertThat(tree.loser(0, 0)).contains(key(11, "hopeless"));
    }

    @Example
    void an_unknown_job_cannot_be_removed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DeadlineTree(1).remove(key(1, "a")))
                .withMessageContaining("a");
    }

    @Provide
    Arbitrary<List<Entry>> entries() {
        Arbitrary<Integer> names = Arbitraries.integers().between(0, 1_000_000);
        Arbitrary<Integer> due = Arbitraries.integers().between(0, 100);
        Arbitrary<Double> seconds = Arbitraries.doubles().between(0.01, 12);
        return Combinators.combine(names, due, seconds, Arbitraries.doubles().between(0, 5))
                .as((name, second, takes, worth) -> entry(name, second, takes, worth))
                .list()
                .uniqueElements(entry -> entry.key().jobId());
    }

    private static Entry entry(int name, int second, double seconds, double worth) {
        return new Entry(key(second, "job-" + name), second, seconds, worth);
    }

    private static OrderKey key(int second, String name) {
        return new OrderKey(1000L * second, PriorityClass.STANDARD, 0, new JobId(name));
    }

    private static List<Double> slacks(List<Entry> sorted, double slots, double needed) {
        List<Double> slacks = new ArrayList<>();
        double before = 0;
        for (Entry entry : sorted) {
            slacks.add((entry.deadline() - entry.seconds()) * slots - needed - before);
            before += entry.seconds();
        }
        return slacks;
    }

    private static double least(List<Double> slacks, int from) {
        return slacks.stream()
                .skip(from)
                .mapToDouble(slack -> slack)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }

    private static Optional<Entry> loser(List<Entry> sorted, List<Double> slacks, double now) {
        Entry worst = null;
        for (int i = 0; i < sorted.size(); i++) {
            Entry entry = sorted.get(i);
            worst = worst == null || entry.worth() < worst.worth() ? entry : worst;
            if (slacks.get(i) < 0) {
                boolean hopeless = entry.deadline() - entry.seconds() < now;
                return Optional.of(hopeless ? entry : worst);
            }
        }
        return Optional.empty();
    }

    private static double worth(List<Entry> entries, OrderKey key) {
        return entries.stream()
                .filter(entry -> entry.key().equals(key))
                .findFirst()
                .orElseThrow()
                .worth();
    }

    private static void near(double actual, double expected) {
        if (Double.isInfinite(expected)) {
            assertThat(actual).isEqualTo(expected);
        } else {
            assertThat(actual).isCloseTo(expected, within(1e-6));
        }
    }
}

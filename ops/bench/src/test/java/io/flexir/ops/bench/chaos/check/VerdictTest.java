package io.flexir.ops.bench.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.ops.bench.chaos.check.Evidence.Begun;
import io.flexir.ops.bench.chaos.check.Evidence.Ended;
import io.flexir.ops.bench.chaos.check.Evidence.Request;
import io.flexir.ops.bench.chaos.check.Evidence.Stated;
import io.flexir.ops.bench.chaos.check.Evidence.Stored;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The checker finds each kind of broken promise, and nothing else. */
class VerdictTest {
    private static final Ended POISON =
            new Ended("b", "failed", Optional.of("poison"), Optional.empty());

    private final Set<String> acknowledged = new HashSet<>(Set.of("a", "b"));
    private final List<Request> requests =
            new ArrayList<>(List.of(new Request(0, 0, "a"), new Request(1, 0, "b")));
    private final Map<Integer, Long> taken = new HashMap<>(Map.of(0, 1L, 1, 1L));
    private final Set<String> ledger = new HashSet<>(Set.of("a", "b"));
    private final List<Ended> outcomes = new ArrayList<>(List.of(restored("a"), restored("b")));
    private final Map<String, Stored> objects =
            new HashMap<>(
                    Map.of(
                            "results/a",
                            new Stored.Image("digest-a"),
                            "results/b",
                            new Stored.Image("digest-b")));

    private final Set<String> planted = new HashSet<>();
    private final List<Begun> begun = new ArrayList<>();
    private final List<Instant> workerEnds = new ArrayList<>();

    @Test
    void a_history_that_kept_every_promise_has_no_findings() {
        Verdict verdict = verdict();

        assertThat(verdict.findings()).isEmpty();
        assertThat(verdict.kept()).isTrue();
        assertThat(verdict.accepted()).isEqualTo(2);
        assertThat(verdict.outcomes()).isEqualTo(2);
        assertThat(verdict.ends()).containsExactly(Map.entry("restored", 2L));
    }

    @Test
    void a_job_without_an_outcome_is_lost() {
        outcomes.removeLast();

        assertThat(verdict().findings()).containsExactly(new Finding.Lost("b"));
        assertThat(verdict().lost()).isEqualTo(1);
        assertThat(verdict().kept()).isFalse();
    }

    @Test
    void a_job_with_two_outcomes_is_doubled_even_if_they_are_the_same() {
        outcomes.add(restored("a"));

        assertThat(verdict().findings()).containsExactly(new Finding.Doubled("a", 2));
        assertThat(verdict().doubled()).isEqualTo(1);
    }

    @Test
    void an_outcome_of_a_job_that_nobody_asked_for_is_found() {
        outcomes.add(restored("ghost", "results/a", "digest-a"));

        assertThat(verdict().findings()).containsExactly(new Finding.WithoutJob("ghost"));
    }

    @Test
    void a_job_that_a_client_was_told_of_and_no_topic_knows_is_found() {
        acknowledged.add("c");

        assertThat(verdict().findings()).containsExactly(new Finding.Forgotten("c"));
    }

    @Test
    void a_result_with_another_digest_than_its_receipt_is_found() {
        objects.put("results/a", new Stored.Image("other"));

        assertThat(verdict().findings())
                .containsExactly(new Finding.WrongDigest("a", "digest-a", "other"));
    }

    @Test
    void a_result_that_does_not_open_is_found() {
        objects.put("results/b", new Stored.Unreadable("no image"));

        assertThat(verdict().findings()).containsExactly(new Finding.Unreadable("b", "no image"));
    }

    @Test
    void a_result_that_is_not_there_is_found() {
        objects.remove("results/b");

        assertThat(verdict().findings()).containsExactly(new Finding.Missing("b", "results/b"));
    }

    @Test
    void a_request_that_is_committed_as_read_and_not_in_the_ledger_is_found() {
        ledger.remove("a");

        assertThat(verdict().findings()).containsExactly(new Finding.Unrecorded("a", 0, 0));
    }

    @Test
    void a_request_that_was_not_read_yet_needs_no_ledger_record_but_is_lost() {
        requests.add(new Request(0, 1, "late"));

        assertThat(verdict().findings()).containsExactly(new Finding.Lost("late"));
    }

    @Test
    void a_request_that_came_twice_is_one_job() {
        requests.add(new Request(0, 1, "a"));
        taken.put(0, 2L);

        assertThat(verdict().kept()).isTrue();
        assertThat(verdict().accepted()).isEqualTo(2);
    }

    @Test
    void a_job_that_was_not_restored_is_found_and_counted_by_reason() {
        outcomes.set(1, new Ended("b", "failed", Optional.of("engine"), Optional.empty()));

        assertThat(verdict().findings())
                .containsExactly(new Finding.NotRestored("b", "failed: engine"));
        assertThat(verdict().ends())
                .containsOnly(Map.entry("restored", 1L), Map.entry("failed: engine", 1L));
    }

    @Test
    void an_image_that_was_planted_may_end_as_poison_or_restored() {
        planted.addAll(Set.of("a", "b"));
        outcomes.set(1, POISON);

        assertThat(verdict().kept()).isTrue();
        assertThat(verdict().ends())
                .containsOnly(Map.entry("restored", 1L), Map.entry("failed: poison", 1L));
    }

    @Test
    void a_sound_image_may_end_as_poison_if_each_time_it_was_begun_a_worker_died() {
        outcomes.set(1, POISON);
        begun.addAll(List.of(begun(1, 10), begun(1, 20)));
        workerEnds.addAll(List.of(at(5), at(15), at(25)));

        assertThat(verdict().kept()).isTrue();
        assertThat(verdict().ends()).containsEntry("failed: poison, of a sound image", 1L);
    }

    @Test
    void a_sound_image_that_was_not_begun_three_times_is_no_poison() {
        outcomes.set(1, POISON);
        begun.addAll(List.of(begun(1, 10), begun(2, 20)));
        workerEnds.addAll(List.of(at(5), at(15), at(25)));

        assertThat(verdict().findings())
                .containsExactly(new Finding.NotRestored("b", "failed: poison, of a sound image"));
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 15, 25})
    void a_sound_image_that_came_back_though_no_worker_died_is_no_poison(int lived) {
        outcomes.set(1, POISON);
        begun.addAll(List.of(begun(1, 10), begun(1, 20)));
        workerEnds.addAll(List.of(at(5), at(15), at(25)));
        workerEnds.remove(at(lived));

        assertThat(verdict().kept()).isFalse();
    }

    private static Begun begun(int attempt, int second) {
        return new Begun("b", attempt, at(second));
    }

    private static Instant at(int second) {
        return Instant.EPOCH.plusSeconds(second);
    }

    private Verdict verdict() {
        return Verdict.of(
                new Evidence(
                        acknowledged,
                        requests,
                        taken,
                        ledger,
                        outcomes,
                        objects,
                        planted,
                        begun,
                        workerEnds));
    }

    private static Ended restored(String job) {
        return restored(job, "results/" + job, "digest-" + job);
    }

    private static Ended restored(String job, String key, String sha256) {
        return new Ended(job, "restored", Optional.empty(), Optional.of(new Stated(key, sha256)));
    }
}

package io.flexir.scheduler.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.control.Experiment;
import io.flexir.contracts.control.Experiment.Variant;
import io.flexir.contracts.request.JobId;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

class AssignmentTest {
    private static final Experiment EXPERIMENT =
            new Experiment(List.of(variant("one", 1), variant("three", 3)), null);

    @Test
    void jobs_are_divided_by_weight() {
        Map<String, Long> counts =
                IntStream.range(0, 4000)
                        .mapToObj(i -> assigned("dial", "job-" + i))
                        .collect(Collectors.groupingBy(name -> name, Collectors.counting()));

        assertThat(counts.get("one")).isBetween(900L, 1100L);
        assertThat(counts.get("three")).isBetween(2900L, 3100L);
    }

    @Test
    void a_job_gets_the_same_every_time_and_another_experiment_divides_anew() {
        List<String> first = IntStream.range(0, 200).mapToObj(i -> assigned("a", "j" + i)).toList();
        List<String> again = IntStream.range(0, 200).mapToObj(i -> assigned("a", "j" + i)).toList();
        List<String> other = IntStream.range(0, 200).mapToObj(i -> assigned("b", "j" + i)).toList();

        assertThat(again).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }

    private static String assigned(String experiment, String job) {
        return Assignment.variant(experiment, EXPERIMENT, new JobId(job)).name();
    }

    private static Variant variant(String name, double weight) {
        return new Variant(name, weight, false, null, null, null);
    }
}

package io.flexir.ops.deploy.helm;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What users may say, and what they must. */
class ChartValuesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "scheduler: {replicas: 0}                                   | replicas",
                "scheduler: {replica: 2}                                    | replica",
                "scheduler: {policy: quick}                                 | policy",
                "scheduler: {env: {PATH: /bin}}                             | PATH",
                "workers: {cpu: {device: tpu}}                              | device",
                "workers: {cpu: {slots: 0}}                                 | slots",
                "workers: {cuda: {enabled: true, gpus: 0}}                  | gpus",
                "workers: {Cpu_1: {enabled: true}}                          | Cpu_1",
                "workers: {cpu: {longestStageSeconds: 5}}                   | longestStageSeconds",
                "workers: {cpu: {podDisruptionBudget: {minAvailable: 1}}}   | podDisruptionBudget",
                "topics: {mode: magic}                                      | mode",
                "autoscaling: {minWorkers: -1}                              | minWorkers",
                "autoscaling: {unsafeSsl: perhaps}                          | unsafeSsl",
                "kafka: {brokers: 'no port'}                                | brokers",
                "s3: {endpoint: 's3.example'}                               | endpoint",
                "image: {pullPolicy: Sometimes}                             | pullPolicy",
                "scheduler: {env: {OTEL: 'on'}}                             | OTEL",
                "topics: {retention: {flexir.outcomes.v1: 30d}}             | retention",
                "topics: {retention: {outcomes: 720h}}                      | outcomes",
                "networkPolicy: {egress: [4318]}                            | egress",
            })
    void wrong_values_are_refused_by_name(String wrong, String named) {
        assertThatThrownBy(() -> Chart.objects(wrong))
                .hasMessageContaining("schema")
                .hasMessageContaining(named);
    }

    @Test
    void a_scheduler_that_answers_until_it_is_killed_is_refused() {
        String values = Chart.NEEDED.replace("{name: keys}", "{name: keys}, drainSeconds: 30");

        assertThatThrownBy(() -> Chart.objects(values)).hasMessageContaining("drainSeconds");
    }

    @ParameterizedTest
    @CsvSource({"kafka.brokers", "s3.endpoint", "s3.secret.name", "scheduler.keysSecret.name"})
    void what_a_release_must_say_is_asked_for(String value) {
        String values =
                switch (value) {
                    case "kafka.brokers" -> Chart.NEEDED.replaceFirst("(?m)^kafka:.*\n", "");
                    case "s3.endpoint" ->
                            Chart.NEEDED.replace("endpoint: \"https://s3.example:9443\", ", "");
                    case "s3.secret.name" -> Chart.NEEDED.replace(", secret: {name: store}", "");
                    default -> Chart.NEEDED.replaceFirst("(?m)^scheduler:.*\n", "");
                };

        assertThatThrownBy(() -> Chart.objects(values)).hasMessageContaining(value);
    }
}

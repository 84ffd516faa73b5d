package io.flexir.ops.local.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.OnMiss;
import io.flexir.contracts.request.PriorityClass;
import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.client.Submission;
import io.flexir.ops.local.quality.ImageFiles;
import io.flexir.ops.local.quality.RgbImage;
import io.flexir.ops.local.stack.FleetConfigs;
import io.flexir.ops.local.stack.Infrastructure;
import io.flexir.scheduler.Scheduler;
import io.flexir.scheduler.config.JobsConfig;
import io.flexir.scheduler.config.ScalingConfig;
import io.flexir.scheduler.config.SchedulerConfig;
import io.flexir.worker.Worker;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Every query of every dashboard and rule, answered by a real Prometheus that scrapes a fleet at
 * work. Needs Debian's package {@code prometheus}.
 */
@Tag("full")
@Timeout(600)
class PrometheusTest {
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Path MODELS = Path.of("..", "models");

    @TempDir private Path directory;

    @Test
    void every_query_of_every_dashboard_and_rule_has_an_answer() throws IOException {
        try (Infrastructure below =
                        Infrastructure.start(
                                DataDirectory.temporary(), List.of(FleetConfigs.POOL));
                Scheduler scheduler = Scheduler.start(scheduler(new FleetConfigs(below, MODELS)));
                Worker worker = Worker.start(new FleetConfigs(below, MODELS).worker("w1"));
                RealPrometheus prometheus =
                        new RealPrometheus(
                                directory,
                                List.of(scheduler.managementPort(), worker.managementPort()));
                FleetClient fleet =
                        new FleetClient(
                                URI.create("http://127.0.0.1:" + scheduler.port()),
                                Optional.of(below.key()))) {
            await().atMost(PATIENCE)
                    .until(() -> prometheus.ready() && scheduler.ready() && worker.isReady());

            Map<String, String> unanswered = questions();
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(
                            () -> {
                                work(fleet);
                                for (String name : List.copyOf(unanswered.keySet())) {
                                    if (isAnswered(prometheus, unanswered.get(name))) {
                                        unanswered.remove(name);
                                    }
                                }
                                assertThat(unanswered).isEmpty();
                            });

            assertThat(prometheus.brokenRules()).isEmpty();
            assertThat(largestFamily(prometheus))
                    .as("series of one name, which must not grow with jobs and clients")
                    .isLessThan(250);
        }
    }

    @Test
    void rules_are_valid_and_alert_as_their_unit_tests_say() throws Exception {
        assertThat(promtool("check", "rules", "rules.yml")).contains("SUCCESS");
        assertThat(promtool("test", "rules", "rules-test.yml")).contains("SUCCESS");
    }

    /** Queries of panels, expressions that record, and the series that alerts look at. */
    private static Map<String, String> questions() throws IOException {
        Map<String, String> questions = new LinkedHashMap<>();
        Dashboards.queries()
                .forEach((name, query) -> questions.put(name, Dashboards.filledIn(query)));
        Dashboards.rules()
                .forEach(
                        (name, rule) -> {
                            if (name.startsWith("flexir:")) {
                                questions.put("rule " + name, rule);
                            }
                        });
        Dashboards.series().forEach(series -> questions.put("series " + series, series));
        return questions;
    }

    private static boolean isAnswered(RealPrometheus prometheus, String query) throws IOException {
        for (JsonNode sample : prometheus.query(query)) {
            if (!sample.at("/value/1").asText().equals("NaN")) {
                return true;
            }
        }
        return false;
    }

    private static long largestFamily(RealPrometheus prometheus) throws IOException {
        return prometheus
                .query("max(count by (__name__) ({__name__=~\"flexir.*\"}))")
                .at("/0/value/1")
                .asLong();
    }

    /** A job with a deadline that is kept, and one whose deadline is not to be kept. */
    private static void work(FleetClient fleet) {
        byte[] image = ImageFiles.encodePng(new RgbImage(40, 30, new byte[40 * 30 * 3]));
        for (double deadline : new double[] {600, 0.001}) {
            fleet.submit(
                    new Submission(
                            fleet.input(image),
                            "denoise-color-25-s",
                            new Depth.Automatic(),
                            deadline,
                            PriorityClass.STANDARD,
                            null,
                            null,
                            OnMiss.DEGRADE,
                            null));
        }
    }

    private SchedulerConfig scheduler(FleetConfigs configs) throws IOException {
        SchedulerConfig usual =
                configs.scheduler(0, new BudgetPolicy.Load(600), ScalingConfig.DEFAULT);
        Path tenants =
                Files.writeString(
                        directory.resolve("tenants.json"),
                        "{\"tenants\": {\"default\": {\"weight\": 1, \"maxWaitingJobs\": 1000}}}");
        JobsConfig jobs = usual.jobs();
        return new SchedulerConfig(
                usual.kafka(),
                usual.store(),
                usual.http(),
                new JobsConfig(
                        jobs.pools(),
                        jobs.policy(),
                        tenants,
                        jobs.creditPerSlot(),
                        jobs.heartbeatTimeToLive(),
                        jobs.orderPatience(),
                        jobs.busyOrderPatience(),
                        jobs.maxAttempts(),
                        jobs.retryWait(),
                        jobs.retryShare(),
                        jobs.maxWaitingJobs(),
                        jobs.retention(),
                        jobs.maxRememberedJobs(),
                        jobs.tick()),
                usual.scaling(),
                usual.bundles());
    }

    private static String promtool(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        Process process =
                new ProcessBuilder(command)
                        .directory(Dashboards.DIRECTORY.toFile())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }
}

package io.flexir.ops.local.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.request.Depth;
import io.flexir.contracts.wire.Topics;
import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.Ports;
import io.flexir.ops.local.audit.TopicCensus;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.client.Job;
import io.flexir.ops.local.client.Submission;
import io.flexir.ops.local.process.ChildProcess;
import io.flexir.ops.local.process.Role;
import io.flexir.ops.local.stack.FleetConfigs;
import io.flexir.ops.local.stack.Infrastructure;
import io.flexir.scheduler.config.ScalingConfig;
import io.flexir.worker.Worker;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Two schedulers as processes that share the jobs, one of which is killed. */
@Timeout(400)
class KilledSchedulerTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final int JOBS = 60;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Infrastructure infrastructure =
            Infrastructure.start(DataDirectory.temporary(), List.of(FleetConfigs.POOL));
    private final FleetConfigs configs = new FleetConfigs(infrastructure, WholeFleet.MODELS);

    @TempDir private Path logs;

    private SchedulerProcess stays;
    private SchedulerProcess dies;
    private Worker worker;

    @BeforeEach
    void start() {
        stays = start("stays");
        dies = start("dies");
        worker = Worker.start(configs.worker("worker"));
        await().atMost(PATIENCE)
                .until(() -> ready(stays) && ready(dies) && worker.isReady() && bothKnowIt());
    }

    @AfterEach
    void stop() {
        worker.close();
        stays.close();
        dies.close();
        infrastructure.close();
        http.close();
    }

    @Test
    void its_jobs_move_to_the_other_and_none_is_lost_or_doubled() throws IOException {
        byte[] image = Photos.noisyPng(300, 200);
        List<String> jobs = new ArrayList<>();
        for (int job = 0; job < JOBS; job++) {
            FleetClient client = (job % 2 == 0 ? stays : dies).client();
            jobs.add(
                    client.submit(
                                    Submission.of(
                                            client.input(image),
                                            WholeFleet.MODEL,
                                            new Depth.Fixed(3)))
                            .id());
        }
        jobs.forEach(job -> assertThat(dies.client().get(job).id()).isEqualTo(job));
        await().atMost(PATIENCE)
                .until(
                        () ->
                                metric(stays, "flexir_orders_total") > 0
                                        && metric(dies, "flexir_orders_total") > 0
                                        && metric(dies, "flexir_backlog_jobs") > 0);

        dies.process().kill();
        List<Job> ended = jobs.stream().map(this::ended).toList();

        String broker = infrastructure.broker().bootstrapServers();
        Map<String, Integer> outcomes = TopicCensus.of(broker, Topics.OUTCOMES);
        Map<String, Integer> orders = TopicCensus.of(broker, Topics.work(FleetConfigs.POOL));
        assertThat(ended).allMatch(Job::succeeded).allMatch(job -> job.attempt() == 1);
        assertThat(outcomes).hasSize(JOBS).containsOnlyKeys(jobs);
        assertThat(outcomes.values()).containsOnly(1);
        assertThat(orders).containsOnlyKeys(jobs);
        assertThat(orders.values()).containsOnly(1);
    }

    @Test
    void one_that_is_told_to_stop_ends_in_order_and_its_jobs_move_to_the_other()
            throws IOException {
        byte[] image = Photos.noisyPng(300, 200);
        List<String> jobs = new ArrayList<>();
        for (int job = 0; job < 12; job++) {
            jobs.add(
                    dies.client()
                            .submit(
                                    Submission.of(
                                            dies.client().input(image),
                                            WholeFleet.MODEL,
                                            new Depth.Fixed(3)))
                            .id());
        }

        dies.process().terminate();
        boolean endedByItself = dies.process().awaitEnd(PATIENCE);
        List<Job> ended = jobs.stream().map(this::ended).toList();

        assertThat(endedByItself).isTrue();
        assertThat(logs.resolve("dies.log"))
                .content()
                .contains("state=NOT_RUNNING before=PENDING_SHUTDOWN");
        assertThat(ended).allMatch(Job::succeeded).allMatch(job -> job.attempt() == 1);
        assertThat(
                        TopicCensus.of(infrastructure.broker().bootstrapServers(), Topics.OUTCOMES)
                                .values())
                .hasSize(jobs.size())
                .containsOnly(1);
    }

    private Job ended(String job) {
        return await().atMost(PATIENCE)
                .until(() -> stays.client().get(job), found -> found.state().isFinal());
    }

    private boolean bothKnowIt() {
        return stays.client().readyWorkers() == 1 && dies.client().readyWorkers() == 1;
    }

    private boolean ready(SchedulerProcess scheduler) {
        return scheduler.process().isAlive()
                && get(scheduler, "/health/ready").contains("\"ready\"");
    }

    /** The sum over a metric's labels. */
    private double metric(SchedulerProcess scheduler, String name) {
        return get(scheduler, "/metrics")
                .lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    /** Nothing while it does not listen yet. */
    private String get(SchedulerProcess scheduler, String path) {
        try {
            return http.send(
                            HttpRequest.newBuilder(scheduler.management().resolve(path)).build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (IOException notYet) {
            return "";
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private SchedulerProcess start(String name) {
        int port = Ports.choose(Ports.ANY, name);
        int managementPort = Ports.choose(Ports.ANY, name);
        Map<String, String> settings =
                new HashMap<>(
                        configs.processes()
                                .scheduler(
                                        port,
                                        managementPort,
                                        new BudgetPolicy.Load(600),
                                        ScalingConfig.DEFAULT));
        settings.put("FLEXIR_SESSION_TIMEOUT_MILLIS", "2000");
        settings.put("FLEXIR_TRANSACTION_TIMEOUT_MILLIS", "5000");
        return new SchedulerProcess(
                ChildProcess.start(Role.SCHEDULER, settings, logs.resolve(name + ".log")),
                new FleetClient(loopback(port), Optional.of(infrastructure.key())),
                loopback(managementPort));
    }

    private static URI loopback(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }

    private record SchedulerProcess(ChildProcess process, FleetClient client, URI management)
            implements AutoCloseable {
        @Override
        public void close() {
            client.close();
            process.kill();
        }
    }
}

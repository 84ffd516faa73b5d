package io.flexir.ops.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexir.contracts.request.Depth;
import io.flexir.contracts.wire.Topics;
import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.Ports;
import io.flexir.ops.local.audit.TopicCensus;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.client.FleetException;
import io.flexir.ops.local.client.Job;
import io.flexir.ops.local.client.Submission;
import io.flexir.ops.local.quality.ImageFiles;
import io.flexir.ops.local.quality.RgbImage;
import io.flexir.ops.local.scale.Autoscaler;
import io.flexir.ops.local.scale.Headcount;
import io.flexir.scheduler.config.ScalingConfig;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Worker processes that come and go, with real jobs. */
@Tag("full")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(400)
class AutoscaledStackTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String MODEL = "denoise-color-25-s";
    private static final int WAITING = 12;

    private LocalStack stack;
    private FleetClient client;

    @BeforeAll
    void start(@TempDir Path logs) {
        Duration moment = Duration.ofSeconds(1);
        stack =
                LocalStack.start(
                        new StackSettings(
                                DataDirectory.temporary(),
                                logs.resolve("flexir.log"),
                                Ports.ANY,
                                2,
                                new Workforce.Scaled(
                                        new ScalingConfig(1, 2, moment, moment, moment)),
                                Path.of("..", "models"),
                                StackSettings.FULL_DEPTH));
        client = stack.connect();
    }

    @AfterAll
    void stop() {
        client.close();
        stack.close();
    }

    @Test
    void a_second_worker_comes_with_a_backlog_and_goes_after_it_and_every_job_succeeds_once() {
        List<String> jobs = new ArrayList<>();

        await().atMost(PATIENCE).until(() -> keepBusy(jobs) && autoscaler().readyWorkers() == 2);
        await().atMost(PATIENCE).until(() -> keepBusy(jobs) && workers(jobs).size() == 2);
        List<Job> ended = jobs.stream().map(this::ended).toList();
        await().atMost(PATIENCE).until(this::atRest);

        Map<String, Integer> outcomes = outcomes();
        assertThat(ended).allMatch(Job::succeeded);
        assertThat(jobs).allSatisfy(job -> assertThat(outcomes).containsEntry(job, 1));
        assertThat(autoscaler().headcount().working()).isEqualTo(1);
        assertThat(autoscaler().readyWorkers()).isEqualTo(1);
    }

    @Test
    void a_worker_that_dies_is_replaced() {
        await().atMost(PATIENCE).until(this::atRest);
        Headcount before = autoscaler().headcount();

        ProcessHandle.of(autoscaler().pids().getFirst()).orElseThrow().destroyForcibly();
        await().atMost(PATIENCE).until(() -> autoscaler().headcount().lost() == before.lost() + 1);
        Job job = ended(submit());

        assertThat(job.succeeded()).isTrue();
        assertThat(autoscaler().headcount().started()).isGreaterThan(before.started());
    }

    @Test
    void another_scheduler_of_the_stack_answers_for_any_job() {
        String job = submit();

        try (FleetClient other = stack.connect(stack.addresses().getLast())) {
            assertThat(stack.addresses()).doesNotHaveDuplicates().hasSize(2);
            assertThat(other.get(job).id()).isEqualTo(job);
            assertThat(ended(job).succeeded()).isTrue();
        }
    }

    @Test
    void a_scheduler_that_is_killed_is_started_again_and_answers_at_its_address() {
        long pid = stack.schedulerPids().getFirst();

        ProcessHandle.of(pid).orElseThrow().destroyForcibly();
        await().atMost(PATIENCE).until(() -> stack.schedulerPids().getFirst() != pid);
        try (FleetClient other = stack.connect(stack.addresses().getLast())) {
            String job =
                    await().atMost(PATIENCE)
                            .ignoreExceptionsInstanceOf(FleetException.class)
                            .until(() -> submit(other), id -> !id.isEmpty());

            assertThat(ended(job).succeeded()).isTrue();
            assertThat(outcomes()).containsEntry(job, 1);
        }
    }

    private Autoscaler autoscaler() {
        return stack.autoscaler().orElseThrow();
    }

    private boolean atRest() {
        Headcount crew = autoscaler().headcount();
        return crew.working() == 1 && crew.draining() == 0 && autoscaler().readyWorkers() == 1;
    }

    /** Always some jobs that wait; true, so that it can be said in passing. */
    private boolean keepBusy(List<String> jobs) {
        long open = jobs.stream().map(client::get).filter(job -> !job.state().isFinal()).count();
        for (long job = open; job < WAITING; job++) {
            jobs.add(submit());
        }
        return true;
    }

    private Set<String> workers(List<String> jobs) {
        return jobs.stream()
                .map(client::get)
                .filter(Job::succeeded)
                .map(job -> job.receipt().workerId())
                .collect(Collectors.toSet());
    }

    private Map<String, Integer> outcomes() {
        return TopicCensus.of(stack.infrastructure().broker().bootstrapServers(), Topics.OUTCOMES);
    }

    private String submit() {
        return submit(client);
    }

    private static String submit(FleetClient client) {
        RgbImage gray = new RgbImage(160, 120, new byte[160 * 120 * RgbImage.CHANNELS]);
        Submission.Input input = client.input(ImageFiles.encodePng(gray));
        return client.submit(Submission.of(input, MODEL, new Depth.Automatic())).id();
    }

    private Job ended(String id) {
        return await().atMost(PATIENCE).until(() -> client.get(id), job -> job.state().isFinal());
    }
}

package io.flexir.ops.local.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.control.ControlRecord;
import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.wire.MessageType;
import io.flexir.contracts.wire.Topics;
import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.broker.BrokerSettings;
import io.flexir.ops.local.broker.ClusterSetup;
import io.flexir.ops.local.broker.EmbeddedBroker;
import io.flexir.ops.local.broker.FleetTopics;
import io.flexir.scheduler.bundles.BundleCatalog;
import io.flexir.scheduler.jobs.JobsRules;
import io.flexir.scheduler.jobs.JobsStreams;
import io.flexir.scheduler.jobs.Limits;
import io.flexir.scheduler.jobs.Patience;
import io.flexir.scheduler.jobs.StreamsSettings;
import io.flexir.scheduler.jobs.TopicsNotReadyException;
import io.flexir.scheduler.metrics.SchedulerMetrics;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

@Timeout(180)
class JobsStreamsTest {
    private static final List<String> POOLS = List.of("cpu");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private EmbeddedBroker broker;
    private PlayedFleet fleet;

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.start(BrokerSettings.in(DataDirectory.temporary()));
        fleet = new PlayedFleet(broker.bootstrapServers());
    }

    @AfterEach
    void stop() {
        fleet.close();
        broker.close();
    }

    @Test
    void says_which_topics_are_missing() {
        assertThatThrownBy(this::scheduler)
                .isInstanceOf(TopicsNotReadyException.class)
                .hasMessageContaining(Topics.REQUESTS);
    }

    @Test
    void a_job_from_any_partition_ends_once() {
        createTopics();
        try (JobsStreams scheduler = scheduler()) {
            await().atMost(PATIENCE).until(scheduler::ready);
            fleet.heartbeat(50);

            for (int partition = 0; partition < 4; partition++) {
                for (int job = 0; job < 5; job++) {
                    fleet.submitTo(partition, "job-" + job);
                }
            }
            await().atMost(PATIENCE).until(() -> worked() >= 5);
            await().during(Duration.ofSeconds(2)).atMost(PATIENCE).until(() -> worked() == 5);

            assertThat(endedJobs()).doesNotHaveDuplicates().hasSize(5);
        }
    }

    @Test
    void queue_cancellations_and_policy_outlive_a_scheduler() {
        createTopics();
        try (JobsStreams scheduler = scheduler()) {
            await().atMost(PATIENCE).until(scheduler::ready);
            for (int job = 0; job < 40; job++) {
                fleet.submit("job-" + job);
            }
            fleet.heartbeat(3);
            await().atMost(PATIENCE).until(() -> looked() >= 6);
        }
        JobId cancelled = new JobId("job-to-come");
        control(new ControlRecord.CancelJob(cancelled, PlayedFleet.TENANT, Instant.now()));
        control(
                new ControlRecord.ChangePolicy(
                        "default", new BudgetPolicy.Fixed(2), Instant.now()));

        try (JobsStreams scheduler = scheduler()) {
            await().atMost(PATIENCE).until(scheduler::ready);
            fleet.submit(cancelled.value());
            List.copyOf(fleet.orders).forEach(fleet::answer);
            await().atMost(PATIENCE).until(() -> kept() == 41);
        }

        assertThat(endedJobs()).doesNotHaveDuplicates().hasSize(41);
        assertThat(fleet.outcomes).filteredOn(Outcome.Cancelled.class::isInstance).hasSize(1);
        assertThat(fleet.orders).extracting(order -> order.attempt()).containsOnly(1);
        assertThat(fleet.orders.getLast().budget().target()).isEqualTo(2);
    }

    @Test
    void two_schedulers_share_the_jobs_and_one_takes_over_what_the_other_leaves() {
        createTopics();
        try (JobsStreams stays = scheduler()) {
            await().atMost(PATIENCE).until(stays::ready);
            try (JobsStreams leaves = scheduler()) {
                await().atMost(PATIENCE).until(() -> stays.ready() && leaves.ready());
                for (int job = 0; job < 60; job++) {
                    fleet.submit("job-" + job);
                }
                fleet.heartbeat(5);
                await().atMost(PATIENCE).until(() -> looked() >= 10);
                assertThat(fleet.orders).hasSizeLessThanOrEqualTo(12);
            }
            List.copyOf(fleet.orders).forEach(fleet::answer);
            await().atMost(PATIENCE).until(() -> kept() == 60);
        }

        assertThat(endedJobs()).doesNotHaveDuplicates().hasSize(60);
        assertThat(fleet.orders).extracting(order -> order.jobId()).doesNotHaveDuplicates();
    }

    private int looked() {
        fleet.look();
        return fleet.orders.size();
    }

    private int worked() {
        fleet.work();
        return fleet.outcomes.size();
    }

    private int kept() {
        fleet.heartbeat(3);
        return worked();
    }

    private List<JobId> endedJobs() {
        return fleet.outcomes.stream().map(Outcome::jobId).toList();
    }

    private void control(ControlRecord record) {
        fleet.send(Topics.CONTROL, null, record.key(), MessageType.CONTROL, record);
    }

    private void createTopics() {
        try (var admin = broker.admin()) {
            new ClusterSetup(admin).createTopics(FleetTopics.topics(POOLS));
        }
    }

    private JobsStreams scheduler() {
        StreamsSettings settings =
                new StreamsSettings(
                        Map.of("bootstrap.servers", broker.bootstrapServers()),
                        "flexir-scheduler",
                        null,
                        1,
                        null,
                        Duration.ofMillis(100),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(10));
        JobsRules rules =
                new JobsRules(
                        POOLS,
                        2,
                        Duration.ofSeconds(30),
                        new Patience(Duration.ofSeconds(60), Duration.ofMinutes(10)),
                        new BudgetPolicy.Load(30),
                        new Limits(3, Duration.ofSeconds(1), 0.2, 1000, Duration.ofHours(1), 1000),
                        Duration.ofMillis(20));
        BundleCatalog bundles = BundleCatalog.read(Path.of("../models"));
        return JobsStreams.start(
                settings, rules, bundles, new SchedulerMetrics(), InstantSource.system());
    }
}

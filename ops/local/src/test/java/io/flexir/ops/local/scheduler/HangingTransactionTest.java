package io.flexir.ops.local.scheduler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.wire.Topics;
import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.stack.FleetConfigs;
import io.flexir.ops.local.stack.Infrastructure;
import io.flexir.scheduler.Scheduler;
import io.flexir.scheduler.config.KafkaConfig;
import io.flexir.scheduler.config.ScalingConfig;
import io.flexir.scheduler.config.SchedulerConfig;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a broker was left with by a death in the wrong moment. */
@Timeout(180)
class HangingTransactionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String GROUP = "flexir-scheduler";
    private static final TopicPartition REQUESTS = new TopicPartition(Topics.REQUESTS, 0);
    private static final TopicPartition WORK =
            new TopicPartition(Topics.work(FleetConfigs.POOL), 0);

    private Infrastructure infrastructure;
    private Admin admin;
    private LeftTransactions left;

    @BeforeEach
    void start() {
        infrastructure =
                Infrastructure.start(DataDirectory.temporary(), List.of(FleetConfigs.POOL));
        admin = infrastructure.broker().admin();
        left = new LeftTransactions(admin, infrastructure.broker().bootstrapServers());
    }

    @AfterEach
    void stop() {
        admin.close();
        infrastructure.close();
    }

    @Test
    void one_that_nobody_ends_is_aborted_and_one_that_takes_its_time_is_left_alone()
            throws Exception {
        TopicPartition letters = new TopicPartition(Topics.DEAD_LETTER, 0);
        try (KafkaProducer<String, String> slow = producer(GROUP + "-slow")) {
            slow.initTransactions();
            slow.beginTransaction();
            slow.send(new ProducerRecord<>(letters.topic(), letters.partition(), "a", "slow"))
                    .get();
            left.inOffsets(GROUP + "-died-1", GROUP, REQUESTS);
            left.inTopic(GROUP + "-died-2", WORK);

            try (Scheduler scheduler = scheduler(Duration.ofSeconds(3));
                    PlayedFleet fleet =
                            new PlayedFleet(infrastructure.broker().bootstrapServers())) {
                await().atMost(PATIENCE).until(scheduler::ready);
                fleet.submit("job");
                await().atMost(PATIENCE).until(() -> !ended(fleet).isEmpty());
                await().atMost(PATIENCE)
                        .until(() -> metrics(scheduler).contains(aborted(WORK.topic())));

                assertThat(ended(fleet)).containsExactly(new JobId("job"));
                assertThat(metrics(scheduler))
                        .contains(aborted("__consumer_offsets"))
                        .doesNotContain(aborted(letters.topic()));
                assertThat(openIn(WORK)).isFalse();
                assertThat(openIn(letters)).isTrue();
            }
            slow.commitTransaction();
        }
    }

    @Test
    void a_scheduler_that_waits_for_one_stops_within_seconds() {
        left.inOffsets(GROUP + "-died", GROUP, REQUESTS);
        Scheduler scheduler = scheduler(Duration.ofMinutes(10));
        await().atMost(PATIENCE).until(this::hasMember);
        long startNanos = System.nanoTime();

        scheduler.close();

        assertThat(scheduler.ready()).isFalse();
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos))
                .isLessThan(Duration.ofSeconds(15));
    }

    private static List<JobId> ended(PlayedFleet fleet) {
        fleet.look();
        return fleet.outcomes.stream().map(Outcome::jobId).toList();
    }

    private boolean hasMember() throws Exception {
        return admin.describeConsumerGroups(Set.of(GROUP)).all().get().get(GROUP).groupState()
                == GroupState.STABLE;
    }

    private boolean openIn(TopicPartition partition) throws Exception {
        return admin
                .describeProducers(List.of(partition))
                .all()
                .get()
                .get(partition)
                .activeProducers()
                .stream()
                .anyMatch(producer -> producer.currentTransactionStartOffset().isPresent());
    }

    private KafkaProducer<String, String> producer(String transactionalId) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        infrastructure.broker().bootstrapServers(),
                        "transactional.id",
                        transactionalId,
                        "transaction.timeout.ms",
                        "120000"),
                new StringSerializer(),
                new StringSerializer());
    }

    private static String aborted(String topic) {
        return "flexir_hanging_transactions_aborted_total{topic=\"" + topic + "\",} 1.0";
    }

    private static String metrics(Scheduler scheduler) throws Exception {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(
                                            URI.create(
                                                    "http://127.0.0.1:"
                                                            + scheduler.managementPort()
                                                            + "/metrics"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }

    private Scheduler scheduler(Duration transactionTimeout) {
        SchedulerConfig usual =
                new FleetConfigs(infrastructure, Path.of("../models"))
                        .scheduler(0, new BudgetPolicy.Fixed(1), ScalingConfig.DEFAULT);
        KafkaConfig kafka = usual.kafka();
        return Scheduler.start(
                new SchedulerConfig(
                        new KafkaConfig(
                                kafka.bootstrapServers(),
                                kafka.properties(),
                                kafka.routes(),
                                kafka.applicationId(),
                                kafka.instanceId(),
                                kafka.threads(),
                                kafka.stateDirectory(),
                                kafka.commitInterval(),
                                kafka.sessionTimeout(),
                                transactionTimeout),
                        usual.store(),
                        usual.http(),
                        usual.jobs(),
                        usual.scaling(),
                        usual.bundles()));
    }
}

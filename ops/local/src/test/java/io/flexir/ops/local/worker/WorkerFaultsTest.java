package io.flexir.ops.local.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexir.contracts.fleet.WorkerHeartbeat;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.work.WorkerReport;
import io.flexir.worker.Worker;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
class WorkerFaultsTest {
    private static final Duration SHORT_LOCK = Duration.ofSeconds(2);

    private final TestFleet fleet = new TestFleet();

    @TempDir private Path logs;

    @AfterAll
    void stop() {
        fleet.close();
    }

    @Test
    void keeps_an_order_that_takes_longer_than_its_lock() {
        fleet.createPool("long", SHORT_LOCK);
        ObjectReference input = fleet.upload("in/long.png", Orders.noise(1600, 1200, 1));

        try (Worker worker = Worker.start(fleet.worker("long-1", "long"));
                Worker rival = Worker.start(fleet.worker("long-2", "long"))) {
            TestFleet.awaitReady(worker);
            TestFleet.awaitReady(rival);
            fleet.send(Orders.order("job-long", "long", input, 6));
            WorkerReport report = fleet.report("job-long");

            assertThat(report).isInstanceOf(WorkerReport.Restored.class);
            assertThat(((WorkerReport.Restored) report).receipt().seconds().total())
                    .isGreaterThan(SHORT_LOCK.toMillis() / 1000.0);
            assertThat(fleet.reports("job-long")).hasSize(1);
            assertThat(fleet.holders("job-long")).containsExactly(report.workerId());
        }
    }

    @Test
    void holds_an_order_while_the_store_is_down_and_goes_on_when_it_is_back() {
        fleet.createPool("outage", SHORT_LOCK);
        ObjectReference input = fleet.upload("in/outage.png", Orders.noise(48, 48, 2));

        try (Worker worker = Worker.start(fleet.worker("patient", "outage"))) {
            TestFleet.awaitReady(worker);
            fleet.storeServer.stop();
            fleet.send(Orders.order("job-outage", "outage", input, 1));
            WorkerHeartbeat holding = fleet.heartbeat(beat -> TestFleet.holds(beat, "job-outage"));
            WorkerHeartbeat stillHolding =
                    fleet.heartbeat(
                            beat ->
                                    TestFleet.holds(beat, "job-outage")
                                            && beat.at()
                                                    .isAfter(
                                                            holding.at()
                                                                    .plus(
                                                                            SHORT_LOCK.multipliedBy(
                                                                                    2))));
            boolean readyWithoutStore = worker.isReady();
            fleet.storeServer.start();

            assertThat(stillHolding.workerId()).isEqualTo("patient");
            assertThat(readyWithoutStore).isFalse();
            assertThat(fleet.report("job-outage")).isInstanceOf(WorkerReport.Restored.class);
        }
    }

    @Test
    void ends_an_order_whose_lock_was_lost_with_the_broker() {
        fleet.createPool("restart", Duration.ofSeconds(15));
        ObjectReference input = fleet.upload("in/restart.png", Orders.noise(800, 600, 6));

        try (Worker worker = Worker.start(fleet.worker("steady", "restart"))) {
            TestFleet.awaitReady(worker);
            fleet.send(Orders.order("job-restart", "restart", input, 6));
            fleet.computing("job-restart");
            fleet.broker.stop();
            fleet.broker.start();

            WorkerReport report = fleet.report("job-restart");
            assertThat(report).isInstanceOf(WorkerReport.Restored.class);
            assertThat(fleet.reports("job-restart"))
                    .extracting(any -> ((WorkerReport.Restored) any).receipt())
                    .containsOnly(((WorkerReport.Restored) report).receipt());
        }
    }

    @Test
    void waits_for_a_broker_that_is_not_there_yet() {
        fleet.createPool("early", Duration.ofSeconds(15));
        ObjectReference input = fleet.upload("in/early.png", Orders.noise(48, 48, 7));
        fleet.broker.stop();

        try (Worker worker = Worker.start(fleet.worker("early-bird", "early"))) {
            boolean readyTooSoon = worker.isReady();
            fleet.broker.start();
            TestFleet.awaitReady(worker);
            fleet.send(Orders.order("job-early", "early", input, 1));

            assertThat(readyTooSoon).isFalse();
            assertThat(fleet.report("job-early")).isInstanceOf(WorkerReport.Restored.class);
        }
    }

    @Test
    void hands_an_order_back_when_it_is_stopped_without_grace() {
        fleet.createPool("stopped", Duration.ofSeconds(60));
        ObjectReference input = fleet.upload("in/stopped.png", Orders.noise(800, 600, 3));
        Worker first = Worker.start(fleet.worker("first", "stopped", Duration.ZERO));
        fleet.send(Orders.order("job-stopped", "stopped", input, 6));
        fleet.computing("job-stopped");

        first.close();

        WorkerHeartbeat last =
                fleet.heartbeat(
                        beat ->
                                beat.workerId().equals("first")
                                        && beat.state() == WorkerHeartbeat.State.STOPPED);
        assertThat(last.inFlight()).isEmpty();
        assertThat(fleet.reports("job-stopped")).isEmpty();
        try (Worker second = Worker.start(fleet.worker("second", "stopped"))) {
            fleet.computing("job-stopped");
            assertThat(
                            fleet.heartbeat(
                                    beat ->
                                            beat.workerId().equals("second")
                                                    && TestFleet.holds(beat, "job-stopped")))
                    .isNotNull();
            assertThat(fleet.report("job-stopped").workerId()).isEqualTo(second.workerId());
        }
    }

    @Test
    void lets_another_worker_finish_what_a_killed_one_began() throws InterruptedException {
        fleet.createPool("killed", SHORT_LOCK);
        ObjectReference input = fleet.upload("in/killed.png", Orders.noise(800, 600, 4));
        Process victim = fork("victim", "killed");
        fleet.send(Orders.order("job-killed", "killed", input, 6));
        fleet.heartbeat(
                beat -> beat.workerId().equals("victim") && TestFleet.holds(beat, "job-killed"));

        victim.destroyForcibly().waitFor();
        try (Worker heir = Worker.start(fleet.worker("heir", "killed"))) {
            WorkerReport report = fleet.report("job-killed");

            assertThat(report).isInstanceOf(WorkerReport.Restored.class);
            assertThat(report.workerId()).isEqualTo(heir.workerId());
            assertThat(fleet.reports("job-killed")).hasSize(1);
        }
    }

    @Test
    void ends_an_order_within_its_grace_when_its_process_is_told_to_stop()
            throws InterruptedException {
        fleet.createPool("terminated", Duration.ofSeconds(15));
        ObjectReference input = fleet.upload("in/terminated.png", Orders.noise(400, 300, 5));
        Process polite = fork("polite", "terminated");
        fleet.send(Orders.order("job-terminated", "terminated", input, 6));
        fleet.heartbeat(
                beat ->
                        beat.workerId().equals("polite")
                                && TestFleet.holds(beat, "job-terminated"));

        polite.destroy();

        assertThat(fleet.report("job-terminated")).isInstanceOf(WorkerReport.Restored.class);
        await().atMost(TestFleet.PATIENCE).until(() -> !polite.isAlive());
        assertThat(
                        fleet.heartbeat(
                                beat ->
                                        beat.workerId().equals("polite")
                                                && beat.state() == WorkerHeartbeat.State.STOPPED))
                .isNotNull();
    }

    private Process fork(String id, String pool) {
        return ForkedWorker.start(
                ForkedWorker.environment(
                        id,
                        pool,
                        fleet.broker.bootstrapServers(),
                        fleet.storeServer,
                        TestFleet.MODELS),
                logs.resolve(id + ".log"));
    }
}

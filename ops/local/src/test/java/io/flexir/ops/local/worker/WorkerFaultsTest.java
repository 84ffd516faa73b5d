package io.flexir.ops.local.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexir.contracts.fleet.InFlightJob.Phase;
import io.flexir.contracts.fleet.WorkerHeartbeat;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.work.Failure;
import io.flexir.contracts.work.WorkerReport;
import io.flexir.worker.Worker;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

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
    void keeps_an_order_whose_worker_has_its_clock_put_back() {
        fleet.createPool("backwards", SHORT_LOCK);
        ObjectReference input = fleet.upload("in/backwards.png", Orders.noise(1600, 1200, 8));
        AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);
        Clock clock = new OffsetClock(offset);

        try (Worker worker = Worker.start(fleet.worker("backwards-1", "backwards"), clock);
                Worker rival = Worker.start(fleet.worker("backwards-2", "backwards"), clock)) {
            TestFleet.awaitReady(worker);
            TestFleet.awaitReady(rival);
            fleet.send(Orders.order("job-backwards", "backwards", input, 6));
            fleet.computing("job-backwards");
            offset.set(Duration.ofHours(-1));
            WorkerReport report = fleet.report("job-backwards");

            assertThat(report).isInstanceOf(WorkerReport.Restored.class);
            assertThat(fleet.reports("job-backwards")).hasSize(1);
            assertThat(fleet.holders("job-backwards")).containsExactly(report.workerId());
        }
    }

    @Test
    void holds_an_order_while_the_store_is_down_and_goes_on_when_it_is_back() {
        fleet.createPool("outage", SHORT_LOCK);
        ObjectReference input = fleet.upload("in/outage.png", Orders.noise(800, 600, 2));

        try (Worker worker = Worker.start(fleet.worker("patient", "outage"))) {
            TestFleet.awaitReady(worker);
            fleet.send(Orders.order("job-outage", "outage", input, 6));
            fleet.computing("job-outage");
            fleet.storeServer.stop();
            WorkerHeartbeat holding =
                    fleet.heartbeat(
                            beat ->
                                    TestFleet.holds(beat, "job-outage")
                                            && beat.state() == WorkerHeartbeat.State.PAUSED);
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
    void leaves_orders_where_they_are_while_the_store_is_down_and_burns_no_delivery()
            throws Exception {
        fleet.createPool("paused", SHORT_LOCK);
        ObjectReference input = fleet.upload("in/paused.png", Orders.noise(48, 48, 8));
        List<String> jobs = List.of("job-paused-1", "job-paused-2", "job-paused-3");

        try (Worker worker = Worker.start(fleet.worker("prudent", "paused"))) {
            TestFleet.awaitReady(worker);
            fleet.storeServer.stop();
            WorkerHeartbeat paused =
                    fleet.heartbeat(
                            beat ->
                                    beat.workerId().equals("prudent")
                                            && beat.state() == WorkerHeartbeat.State.PAUSED);
            // What it had asked the broker for before it paused has been answered by then.
            heardAfter("prudent", paused.at().plusSeconds(2));
            jobs.forEach(job -> fleet.send(Orders.order(job, "paused", input, 1)));
            WorkerHeartbeat later =
                    heardAfter("prudent", Instant.now().plus(SHORT_LOCK.multipliedBy(2)));
            double deliveredWhilePaused = metric(worker, "flexir_worker_deliveries_total");
            fleet.storeServer.start();

            assertThat(later.state()).isEqualTo(WorkerHeartbeat.State.PAUSED);
            assertThat(later.freeSlots()).isZero();
            assertThat(deliveredWhilePaused).isZero();
            assertThat(jobs)
                    .allSatisfy(
                            job -> {
                                assertThat(fleet.report(job))
                                        .isInstanceOf(WorkerReport.Restored.class);
                                assertThat(fleet.reports(job)).hasSize(1);
                            });
            assertThat(metric(worker, "flexir_worker_redeliveries_total")).isZero();
        }
    }

    @Test
    @Tag("full")
    void an_order_that_kills_its_worker_ends_as_failed_and_its_neighbours_are_restored()
            throws InterruptedException {
        fleet.createPool("deadly", SHORT_LOCK);
        ObjectReference large = fleet.upload("in/deadly.png", Orders.noise(1600, 1200, 9));
        ObjectReference small = fleet.upload("in/beside.png", Orders.noise(200, 150, 10));
        fleet.send(Orders.order("job-deadly", "deadly", large, 6));
        List<String> neighbours = List.of("job-beside-1", "job-beside-2", "job-beside-3");
        neighbours.forEach(job -> fleet.send(Orders.order(job, "deadly", small, 6)));

        for (int life = 1; life <= 3; life++) {
            String id = "victim-of-poison-" + life;
            Process victim = fork(id, "deadly", Map.of("FLEXIR_SLOTS", "2"));
            fleet.heartbeat(
                    beat ->
                            beat.workerId().equals(id)
                                    && beat.inFlight().stream()
                                            .anyMatch(
                                                    job ->
                                                            job.jobId().value().equals("job-deadly")
                                                                    && job.phase()
                                                                            == Phase.RESTORING));
            victim.destroyForcibly().waitFor();
        }

        Process survivor = fork("survivor", "deadly", Map.of("FLEXIR_SLOTS", "2"));
        WorkerReport end = fleet.report("job-deadly");
        assertThat(end)
                .isInstanceOfSatisfying(
                        WorkerReport.Failed.class,
                        failed ->
                                assertThat(failed.failure().reason())
                                        .isEqualTo(Failure.Reason.POISON));
        assertThat(end.workerId()).isEqualTo("survivor");
        assertThat(neighbours)
                .allSatisfy(
                        job ->
                                assertThat(fleet.report(job))
                                        .isInstanceOf(WorkerReport.Restored.class));
        assertThat(survivor.isAlive()).isTrue();
        survivor.destroyForcibly().waitFor();
    }

    @Test
    void is_not_ready_while_the_broker_does_not_answer_and_ready_again_when_it_does() {
        fleet.createPool("unheard", Duration.ofSeconds(15));

        try (Worker worker = Worker.start(fleet.worker("unheard-1", "unheard"))) {
            TestFleet.awaitReady(worker);
            fleet.broker.stop();
            await().atMost(TestFleet.PATIENCE).until(() -> !worker.isReady());
            fleet.broker.start();

            TestFleet.awaitReady(worker);
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

    private WorkerHeartbeat heardAfter(String worker, Instant instant) {
        return fleet.heartbeat(
                beat -> beat.workerId().equals(worker) && beat.at().isAfter(instant));
    }

    private static double metric(Worker worker, String name) throws Exception {
        URI uri = URI.create("http://127.0.0.1:" + worker.managementPort() + "/metrics");
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(uri).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Process fork(String id, String pool) {
        return fork(id, pool, Map.of());
    }

    private Process fork(String id, String pool, Map<String, String> more) {
        Map<String, String> environment =
                new HashMap<>(
                        ForkedWorker.environment(
                                id,
                                pool,
                                fleet.broker.bootstrapServers(),
                                fleet.storeServer,
                                TestFleet.MODELS));
        environment.putAll(more);
        return ForkedWorker.start(environment, logs.resolve(id + ".log"));
    }

    /** The system's clock, put forward or back. */
    private static final class OffsetClock extends Clock {
        private final AtomicReference<Duration> offset;

        private OffsetClock(AtomicReference<Duration> offset) {
            this.offset = offset;
        }

        @Override
        public Instant instant() {
            return Instant.now().plus(offset.get());
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}

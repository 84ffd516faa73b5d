package io.flexir.worker.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.bundle.Task;
import io.flexir.contracts.fleet.Device;
import io.flexir.contracts.fleet.InFlightJob;
import io.flexir.contracts.fleet.LoadedModel;
import io.flexir.contracts.fleet.WorkerHeartbeat;
import io.flexir.contracts.fleet.WorkerHeartbeat.State;
import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.request.OutputFormat;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.request.Terms;
import io.flexir.contracts.work.GrantedModel;
import io.flexir.contracts.work.Inference;
import io.flexir.contracts.work.PointerBudget;
import io.flexir.contracts.work.WorkOrder;
import io.flexir.worker.config.ComputeSettings;
import io.flexir.worker.config.DeviceChoice;
import io.flexir.worker.config.ImageSettings;
import io.flexir.worker.config.KafkaSettings;
import io.flexir.worker.config.ManagementSettings;
import io.flexir.worker.config.Secret;
import io.flexir.worker.config.StoreSettings;
import io.flexir.worker.config.Timing;
import io.flexir.worker.config.WorkerConfig;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

class HeartbeatsTest {
    private static final Instant NOW = Instant.parse("2025-01-01T00:00:00Z");
    private static final String DIGEST = "b".repeat(64);

    private final AtomicInteger changes = new AtomicInteger();
    private final InFlightBoard board = new InFlightBoard(changes::incrementAndGet);
    private final Heartbeats heartbeats =
            new Heartbeats(
                    config(),
                    new Device("cpu", "test", 2),
                    board,
                    () -> List.of(new LoadedModel("denoise", DIGEST, 12.5)),
                    () -> List.of(DIGEST),
                    Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void says_how_far_every_order_is() {
        InFlightBoard.Ticket ticket = board.open(order("job-1"));
        ticket.enters(InFlightJob.Phase.RESTORING);
        ticket.reaches(3, 2, 8);

        WorkerHeartbeat beat = heartbeats.now(State.READY);

        assertThat(beat.inFlight())
                .containsExactly(
                        new InFlightJob(
                                new JobId("job-1"), 1, InFlightJob.Phase.RESTORING, 3, 2, 8));
        assertThat(beat.freeSlots()).isEqualTo(1);
        assertThat(beat.models()).extracting(LoadedModel::gigaMacsPerSecond).containsExactly(12.5);
    }

    @Test
    void a_slot_is_free_again_while_its_order_is_encoded_stored_and_reported() {
        InFlightBoard.Ticket ticket = board.open(order("job-1"));
        Map<InFlightJob.Phase, Integer> free = new EnumMap<>(InFlightJob.Phase.class);
        for (InFlightJob.Phase phase : InFlightJob.Phase.values()) {
            ticket.enters(phase);
            free.put(phase, heartbeats.now(State.READY).freeSlots());
        }

        assertThat(free)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                InFlightJob.Phase.WAITING, 1,
                                InFlightJob.Phase.FETCHING, 1,
                                InFlightJob.Phase.DECODING, 1,
                                InFlightJob.Phase.RESTORING, 1,
                                InFlightJob.Phase.ENCODING, 2,
                                InFlightJob.Phase.STORING, 2,
                                InFlightJob.Phase.REPORTING, 2));
    }

    @Test
    void has_no_free_slot_while_it_takes_no_orders() {
        assertThat(heartbeats.now(State.READY).freeSlots()).isEqualTo(2);
        assertThat(heartbeats.now(State.DRAINING).freeSlots()).isZero();
    }

    @Test
    void is_told_when_an_order_comes_enters_a_phase_and_goes_but_not_of_every_region() {
        try (InFlightBoard.Ticket ticket = board.open(order("job-1"))) {
            ticket.enters(InFlightJob.Phase.RESTORING);
            ticket.reaches(1, 0, 4);
            ticket.reaches(2, 1, 4);
        }

        assertThat(changes).hasValue(3);
        assertThat(board.jobs()).isEmpty();
    }

    @Test
    void prints_no_secret() {
        assertThat(config().toString()).contains("***").doesNotContain("swordfish");
    }

    static WorkerConfig config() {
        return new WorkerConfig(
                "w1",
                "cpu",
                KafkaSettings.plain("127.0.0.1:9092"),
                new StoreSettings(
                        URI.create("http://127.0.0.1:9000"),
                        "us-east-1",
                        "flexir",
                        Secret.of("swordfish"),
                        "flexir",
                        1000),
                new ComputeSettings(Path.of("models"), new DeviceChoice.Cpu(), 0, 2, 2, 12),
                ImageSettings.DEFAULT,
                Timing.DEFAULT,
                ManagementSettings.ANY_PORT);
    }

    private static WorkOrder order(String job) {
        RestorationRequest request =
                new RestorationRequest(
                        new JobId(job),
                        new TenantId("acme"),
                        ObjectReference.latest("photos", "in.png"),
                        "denoise",
                        new Depth.Automatic(),
                        Terms.DEFAULT,
                        OutputFormat.PNG,
                        null,
                        null,
                        NOW);
        return new WorkOrder(
                request,
                List.of(
                        new GrantedModel(
                                "denoise",
                                DIGEST,
                                new Task.Denoise(25, 25),
                                new PointerBudget(1, 6))),
                new Inference.Regular(),
                "fixed-1",
                1,
                "cpu",
                NOW);
    }
}

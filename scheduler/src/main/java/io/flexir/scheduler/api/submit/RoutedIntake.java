package io.flexir.scheduler.api.submit;

import io.flexir.contracts.request.ImageSize;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.wire.Decoded;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.contracts.wire.MessageType;
import io.flexir.scheduler.api.problem.RefusedException;
import io.flexir.scheduler.api.view.ReadView;
import io.flexir.scheduler.storage.StorageException;
import io.flexir.scheduler.tracing.Tracing;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Takes requests in that tenants wrote to their topics. They pass what submissions over HTTP pass:
 * the tenant is the topic's and not what the request says, the job's id is a hash of both, the
 * input is looked for and pinned, and no more jobs are let in than may wait. What is wrong with a
 * request as such becomes its outcome. Blocks.
 */
public final class RoutedIntake {
    private static final Duration WHEN_FULL = Duration.ofMillis(500);
    private static final Duration IN_AN_OUTAGE = Duration.ofSeconds(1);

    private final MessageCodec codec = new MessageCodec();
    private final InputResolver inputs;
    private final BrokerWriter broker;
    private final ReadView view;
    private final IntakeGate gate;
    private final InstantSource clock;

    RoutedIntake(
            InputResolver inputs,
            BrokerWriter broker,
            ReadView view,
            IntakeGate gate,
            InstantSource clock) {
        this.inputs = inputs;
        this.broker = broker;
        this.view = view;
        this.gate = gate;
        this.clock = clock;
    }

    Routed take(TenantId tenant, @Nullable String type, byte @Nullable [] record) {
        return switch (codec.decode(MessageType.REQUEST, type, record)) {
            case Decoded.Refused<RestorationRequest>(String reason) -> new Routed.SetAside(reason);
            case Decoded.Message<RestorationRequest>(RestorationRequest asked)
                    when !asked.tenant().equals(tenant) ->
                    new Routed.SetAside(
                            "it is of tenant "
                                    + asked.tenant()
                                    + ", and the topic is that of "
                                    + tenant);
            case Decoded.Message<RestorationRequest>(RestorationRequest asked) -> take(asked);
        };
    }

    private Routed take(RestorationRequest asked) {
        Optional<IntakeGate.Ticket> ticket = gate.enter();
        if (ticket.isEmpty()) {
            return new Routed.Later("backlog", WHEN_FULL);
        }
        try {
            RestorationRequest request = pinned(asked);
            broker.write(request);
            view.submitted(request);
            return new Routed.Taken();
        } catch (StorageException outage) {
            return new Routed.Later("object-store", IN_AN_OUTAGE);
        } catch (RefusedException unacknowledged) {
            return new Routed.Later("broker", IN_AN_OUTAGE);
        } finally {
            ticket.get().leave();
        }
    }

    private RestorationRequest pinned(RestorationRequest asked) {
        Optional<InputResolver.Resolved> found = inputs.find(asked.tenant(), asked.input());
        ObjectReference input = found.map(InputResolver.Resolved::reference).orElse(asked.input());
        ImageSize size = found.map(InputResolver.Resolved::imageSize).orElse(null);
        return new RestorationRequest(
                JobIds.of(asked.tenant(), asked.jobId().value()),
                asked.tenant(),
                input,
                asked.model(),
                asked.depth(),
                asked.terms(),
                asked.output(),
                size,
                null,
                clock.instant(),
                null,
                asked.webhook(),
                Tracing.current(),
                null);
    }
}

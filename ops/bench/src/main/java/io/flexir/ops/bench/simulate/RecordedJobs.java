package io.flexir.ops.bench.simulate;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flexir.contracts.job.JobView;
import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.PriorityClass;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.wire.CloudEvent;
import io.flexir.contracts.wire.Decoded;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.contracts.wire.MessageType;
import io.flexir.contracts.wire.Topics;
import io.flexir.contracts.work.Receipt;
import io.flexir.ops.local.CannotStart;
import io.flexir.ops.local.audit.CommittedRecords;
import io.flexir.scheduler.budget.OrderKey;
import io.flexir.scheduler.budget.QualityCurve;
import io.flexir.scheduler.bundles.Bundle;
import io.flexir.scheduler.bundles.BundleCatalog;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The jobs that a fleet was asked for, from its topics: requests say when each came, by when it is
 * due and with which model, and the receipts in the views of jobs how large an image was and which
 * model was chosen, where the request left that open. What asked for a model that is not there, or
 * never told its size, is left out. Not thread-safe.
 */
public final class RecordedJobs {
    private static final Comparator<Bundle> BY_COST =
            Comparator.<Bundle>comparingDouble(bundle -> bundle.macsPerPixel(bundle.n()))
                    .thenComparing(Bundle::name);

    private final MessageCodec codec = new MessageCodec();
    private final CommittedRecords topics;
    private final BundleCatalog bundles;
    private final int most;

    /** By job, the first request for it. */
    private final Map<String, Arrival> arrivals = new HashMap<>();

    private final Map<String, Restored> restored = new HashMap<>();
    private final Map<Bundle, QualityCurve> curves = new HashMap<>();

    /**
     * @param most requests that are read, at most
     */
    public RecordedJobs(CommittedRecords topics, BundleCatalog bundles, int most) {
        this.topics = topics;
        this.bundles = bundles;
        this.most = most;
    }

    /**
     * Reads what was asked for between two moments and is committed.
     *
     * @return by arrival, the first at 0
     * @throws CannotStart when the broker does not answer, or there is nothing, or too much
     */
    public List<SimulatedJob> between(Instant from, Instant to) {
        try {
            topics.read(Topics.REQUESTS, from, record -> request(record, to));
            topics.read(Topics.JOBS, from, this::view);
        } catch (KafkaException unreachable) {
            throw new CannotStart(
                    "cannot read the topics of a fleet: "
                            + unreachable.getMessage()
                            + ": check --kafka",
                    unreachable);
        }
        List<SimulatedJob> jobs = jobs();
        if (jobs.isEmpty()) {
            throw new CannotStart(
                    "no request between " + from + " and " + to + " for a model in --bundles");
        }
        return jobs;
    }

    private void request(ConsumerRecord<String, byte[]> record, Instant to) {
        if (record.timestamp() >= to.toEpochMilli()) {
            return;
        }
        decoded(MessageType.REQUEST, record)
                .ifPresent(
                        request ->
                                arrivals.putIfAbsent(
                                        request.jobId().value(),
                                        Arrival.of(record.timestamp(), request)));
        if (arrivals.size() > most) {
            throw new CannotStart(
                    "more than " + most + " requests: name a shorter time by --from and --to");
        }
    }

    private void view(ConsumerRecord<String, byte[]> record) {
        if (record.value() != null && arrivals.containsKey(record.key())) {
            decoded(MessageType.JOB, record).ifPresent(view -> note(record.key(), view));
        }
    }

    private void note(String job, JobView view) {
        if (view.outcome() instanceof Outcome.Restored ended) {
            Receipt receipt = ended.receipt();
            restored.put(job, new Restored(receipt.model(), receipt.inputSize().pixels()));
        }
    }

    /** What is no message of its kind was set aside by the scheduler too. */
    private <T> Optional<T> decoded(MessageType<T> type, ConsumerRecord<String, byte[]> record) {
        Header kind = record.headers().lastHeader(CloudEvent.TYPE_HEADER);
        String name = kind == null ? null : new String(kind.value(), UTF_8);
        return switch (codec.decode(type, name, record.value())) {
            case Decoded.Message<T>(T message) -> Optional.of(message);
            case Decoded.Refused<T> ignored -> Optional.empty();
        };
    }

    private List<SimulatedJob> jobs() {
        List<Arrival> known =
                arrivals.values().stream()
                        .filter(arrival -> bundle(arrival).isPresent() && pixels(arrival) > 0)
                        .sorted(
                                Comparator.comparingLong(Arrival::millis)
                                        .thenComparing(Arrival::job))
                        .toList();
        return IntStream.range(0, known.size())
                .mapToObj(number -> job(number, known.get(number), known.getFirst().millis()))
                .toList();
    }

    private SimulatedJob job(int number, Arrival arrival, long firstMillis) {
        Bundle bundle = bundle(arrival).orElseThrow();
        return new SimulatedJob(
                number,
                seconds(firstMillis, arrival.millis()),
                seconds(firstMillis, arrival.dueMillis()),
                arrival.priority(),
                bundle.name(),
                curves.computeIfAbsent(bundle, found -> QualityCurve.of(found.manifest())),
                pixels(arrival),
                1);
    }

    /** A client may write any deadline, also one that is farther than a long can tell. */
    static double seconds(long fromMillis, long toMillis) {
        return ((double) toMillis - fromMillis) / 1e3;
    }

    /** That which restored it, else the dearest that may. */
    private Optional<Bundle> bundle(Arrival arrival) {
        return Optional.ofNullable(restored.get(arrival.job()))
                .flatMap(known -> bundles.find(known.model()))
                .or(() -> bundles.serving(arrival.model()).stream().max(BY_COST));
    }

    /** 0 where nobody told. */
    private long pixels(Arrival arrival) {
        Restored known = restored.get(arrival.job());
        return known == null ? arrival.pixels() : known.pixels();
    }

    /** What its receipt says of a job. */
    private record Restored(String model, long pixels) {}

    /**
     * What its request says of a job.
     *
     * @param millis when the broker had it, epoch
     * @param dueMillis as the scheduler counts it, epoch
     * @param pixels 0 where it does not tell
     */
    private record Arrival(
            String job,
            long millis,
            long dueMillis,
            String model,
            PriorityClass priority,
            long pixels) {
        static Arrival of(long millis, RestorationRequest request) {
            return new Arrival(
                    request.jobId().value(),
                    millis,
                    OrderKey.of(request).dueMillis(),
                    request.model(),
                    request.terms().priority(),
                    request.imageSize() == null ? 0 : request.imageSize().pixels());
        }
    }
}

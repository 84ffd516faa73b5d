package io.flexir.ops.bench.flood;

import com.fasterxml.jackson.core.JsonProcessingException;

import io.flexir.contracts.job.JobState;
import io.flexir.contracts.request.Depth;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.contracts.wire.Topics;
import io.flexir.ops.bench.scale.Pieces;
import io.flexir.ops.local.audit.TopicCensus;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.client.FleetException;
import io.flexir.ops.local.client.Job;
import io.flexir.ops.local.client.Submission;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Sends far more than a fleet can do, and holds it to what it acknowledged. */
public final class Flood {
    private static final String MODEL = "denoise-color-25-s";
    private static final Duration ONE_JOB = Duration.ofMinutes(2);

    private final FloodPlan plan;
    private final Path logs;
    private final Consumer<String> tell;

    /**
     * @param logs directory for the logs of the processes
     * @param tell takes what is going on
     */
    public Flood(FloodPlan plan, Path logs, Consumer<String> tell) {
        this.plan = plan;
        this.logs = logs;
        this.tell = tell;
    }

    /**
     * Blocks until all that was taken is done.
     *
     * @throws io.flexir.ops.local.CannotStart if it does not come to that
     */
    public FloodReport run() {
        tell.accept("Starting broker, object store, a scheduler and a worker ...");
        try (FloodFleet fleet = new FloodFleet(plan, logs)) {
            fleet.awaitReady();
            try (FleetClient client = fleet.connect()) {
                Submission submission =
                        Submission.of(
                                Submission.Input.stored(
                                        client.upload(Pieces.one(plan.samples(), plan.size()))),
                                MODEL,
                                new Depth.Automatic());
                succeeds(fleet, client, submission);
                try (MemoryWatch memory = new MemoryWatch(fleet.processes())) {
                    return flood(fleet, client, submission, memory);
                }
            }
        }
    }

    private FloodReport flood(
            FloodFleet fleet, FleetClient client, Submission submission, MemoryWatch memory) {
        Map<String, Double> before = memory.now();
        tell.accept(
                plan.perSecond()
                        + " submissions a second for "
                        + plan.over().toSeconds()
                        + " s ...");
        long start = System.nanoTime();
        Answered answered;
        try (FloodClients clients =
                new FloodClients(
                        fleet.address(), fleet.key(), json(submission), plan.connections())) {
            answered = clients.send(plan.perSecond(), plan.over());
        }
        double sendSeconds = (System.nanoTime() - start) / 1e9;
        tell.accept("Waiting for " + answered.taken.size() + " jobs that were taken ...");
        fleet.await(
                "what was taken was not done",
                plan.patience(),
                () -> outcomes(fleet).keySet().containsAll(answered.taken));
        double seconds = (System.nanoTime() - start) / 1e9;
        Map<String, Integer> outcomes = outcomes(fleet);
        long succeeded =
                answered.taken.stream()
                        .filter(id -> stateOf(id, fleet, client) == JobState.SUCCEEDED)
                        .count();
        boolean recovered = succeeds(fleet, client, submission);
        Map<String, Double> peaks = memory.peaks();
        Map<String, Double> after = memory.now();
        return new FloodReport(
                (long) (plan.perSecond() * (plan.over().toMillis() / 1e3)),
                answered.sent,
                sendSeconds,
                answered.taken.size(),
                answered.refused,
                answered.wrong,
                answered.longestRetryAfterSeconds,
                answered.millisAtPercentile(50),
                answered.millisAtPercentile(99),
                answered.taken.stream().filter(id -> !outcomes.containsKey(id)).count(),
                answered.taken.stream().filter(id -> outcomes.getOrDefault(id, 0) > 1).count(),
                succeeded,
                answered.taken.size() / seconds,
                recovered,
                before.keySet().stream()
                        .map(
                                name ->
                                        new FloodReport.Memory(
                                                name,
                                                before.getOrDefault(name, 0.0),
                                                peaks.getOrDefault(name, 0.0),
                                                after.getOrDefault(name, 0.0)))
                        .toList());
    }

    private static Map<String, Integer> outcomes(FloodFleet fleet) {
        return TopicCensus.of(fleet.broker(), Topics.OUTCOMES);
    }

    /** One job, as any client would send it: taken at once, and restored. */
    private static boolean succeeds(FloodFleet fleet, FleetClient client, Submission submission) {
        Job job = asked(fleet, () -> client.submit(submission));
        fleet.await(
                "a single job was not done",
                ONE_JOB,
                () -> stateOf(job.id(), fleet, client).isFinal());
        return stateOf(job.id(), fleet, client) == JobState.SUCCEEDED;
    }

    private static JobState stateOf(String id, FloodFleet fleet, FleetClient client) {
        return asked(fleet, () -> client.get(id)).state();
    }

    /** Asks again where that helps: the flood has used up what its tenant may ask in a second. */
    private static <T> T asked(FloodFleet fleet, Supplier<T> question) {
        AtomicReference<T> answer = new AtomicReference<>();
        fleet.await(
                "the scheduler did not let itself be asked",
                ONE_JOB,
                () -> {
                    try {
                        answer.set(question.get());
                        return true;
                    } catch (FleetException.Refused busy) {
                        if (busy.retryAfter().isEmpty()) {
                            throw busy;
                        }
                        return false;
                    }
                });
        return Objects.requireNonNull(answer.get());
    }

    private static byte[] json(Submission submission) {
        try {
            return MessageCodec.newMapper().writeValueAsBytes(submission);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

package io.flexir.scheduler.api.deadletter;

import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.scheduler.access.Routes;
import io.flexir.scheduler.api.problem.Problem;
import io.flexir.scheduler.api.problem.ProblemKind;
import io.flexir.scheduler.api.problem.RefusedException;
import io.flexir.scheduler.api.submit.BrokerWriter;
import io.flexir.scheduler.api.view.ReadView;

import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * What operators ask of dead letters. Few may ask at once, for each has a consumer of its own.
 * Thread-safe; blocks on the broker.
 */
public final class DeadLetters {
    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final int MAX_AT_ONCE = 4;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final LetterTopic topic;
    private final Routes routes;
    private final BrokerWriter broker;
    private final ReadView view;
    private final InstantSource clock;
    private final MessageCodec codec = new MessageCodec();
    private final Semaphore places = new Semaphore(MAX_AT_ONCE);

    /**
     * @param kafka how to reach the broker
     * @param routes topics of tenants, whose records may be among the letters
     */
    public DeadLetters(
            Map<String, Object> kafka,
            Routes routes,
            BrokerWriter broker,
            ReadView view,
            InstantSource clock) {
        this.topic = new LetterTopic(kafka);
        this.routes = routes;
        this.broker = broker;
        this.view = view;
        this.clock = clock;
    }

    /**
     * The newest letters before a cursor, at most so many.
     *
     * @throws RefusedException when the broker does not answer, or too many ask at once
     */
    public LetterPage page(LetterCursor cursor, int limit) {
        return asking(() -> topic.page(cursor, limit));
    }

    /**
     * One letter with its bytes.
     *
     * @throws RefusedException when there is none, or the broker does not answer
     */
    public FoundLetter get(LetterId id) {
        return asking(() -> topic.find(id))
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        Problem.of(
                                                ProblemKind.UNKNOWN_LETTER,
                                                "There is no dead letter "
                                                        + id
                                                        + ", or it has expired.")));
    }

    /**
     * Writes a letter's record to its topic once more. A job that is known already is not asked for
     * again: however often a record is replayed, it is one job.
     *
     * @return whether it was written
     * @throws RefusedException when it would be set aside again, or the broker does not answer
     */
    public Replayed replay(LetterId id) {
        FoundLetter found = get(id);
        return switch (Replay.of(found.letter(), routes, codec)) {
            case Replay.Refused(String reason) ->
                    throw new RefusedException(
                            Problem.of(
                                    ProblemKind.NOT_REPLAYABLE,
                                    "The record of letter "
                                            + id
                                            + " would be set aside again: "
                                            + reason
                                            + "."));
            case Replay.Write write -> replay(found, write);
        };
    }

    private Replayed replay(FoundLetter found, Replay.Write write) {
        boolean known = write.request() != null && isKnown(write.request(), write);
        if (!known) {
            broker.writeAgain(found.letter(), write.key().value(), write.type(), clock.instant());
        }
        LOG.info(
                "event=dead_letter_replayed letter={} topic={} job={} written={}",
                found.id(),
                found.letter().topic(),
                write.jobId(),
                !known);
        return new Replayed(found.id(), found.letter().topic(), write.jobId(), !known);
    }

    private boolean isKnown(RestorationRequest request, Replay.Write write) {
        return view.find(request.tenant(), write.jobId()).isPresent();
    }

    private <T> T asking(Supplier<T> question) {
        if (!places.tryAcquire()) {
            throw new RefusedException(
                    Problem.later(
                            ProblemKind.BUSY,
                            "Too many ask for dead letters at once.",
                            RETRY_AFTER));
        }
        try {
            return question.get();
        } catch (KafkaException unanswered) {
            LOG.warn("event=dead_letters_unread", unanswered);
            throw new RefusedException(
                    Problem.later(
                            ProblemKind.UNAVAILABLE, "The broker does not answer.", RETRY_AFTER));
        } finally {
            places.release();
        }
    }
}

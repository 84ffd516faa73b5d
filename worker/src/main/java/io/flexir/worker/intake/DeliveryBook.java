package io.flexir.worker.intake;

import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What one share consumer holds, and what it must tell the broker when. A renewed record is out of
 * hand until the broker hands it out again, and can be acknowledged only after that. Before a poll
 * everything in hand has to be acknowledged, so when one record is due, all of them are.
 *
 * <p>Belongs to the consumer's thread. Decides only; has no clock and no consumer.
 */
final class DeliveryBook {
    private final Map<RecordKey, Entry> entries = new LinkedHashMap<>();
    private Duration lock;

    /**
     * @param assumedLock how long the broker locks a record, until it has said so itself
     */
    DeliveryBook(Duration assumedLock) {
        this.lock = assumedLock;
    }

    /** The broker's word on how long a lock lasts. */
    void lockLasts(Duration told) {
        lock = told;
    }

    /** Notes a record that was polled. False when it is one that is already being worked on. */
    boolean handedOut(RecordKey key, Instant now) {
        Entry known = entries.get(key);
        if (known != null) {
            known.inHand = true;
            return false;
        }
        entries.put(key, new Entry(now));
        return true;
    }

    /**
     * Notes that the work on a record has ended. A record whose lock was lost meanwhile is no
     * longer known.
     */
    void settled(RecordKey key, Settlement settlement) {
        Entry entry = entries.get(key);
        if (entry != null) {
            entry.settlement = settlement;
        }
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Whether a poll is needed to get renewed records back in hand. */
    boolean awaitsReturn() {
        return entries.values().stream().anyMatch(entry -> !entry.inHand);
    }

    /** What to tell the broker now: nothing, or something for every record in hand. */
    Map<RecordKey, AcknowledgeType> due(Instant now) {
        boolean speak =
                awaitsReturn() || entries.values().stream().anyMatch(entry -> isDue(entry, now));
        Map<RecordKey, AcknowledgeType> due = new LinkedHashMap<>();
        if (speak) {
            entries.forEach(
                    (key, entry) -> {
                        if (entry.inHand) {
                            due.put(key, typeOf(entry.settlement));
                        }
                    });
        }
        return due;
    }

    private boolean isDue(Entry entry, Instant now) {
        return entry.settlement != null || !now.isBefore(renewalAt(entry));
    }

    private static AcknowledgeType typeOf(@Nullable Settlement settlement) {
        return switch (settlement) {
            case null -> AcknowledgeType.RENEW;
            case DONE -> AcknowledgeType.ACCEPT;
            case HAND_BACK -> AcknowledgeType.RELEASE;
            case SET_ASIDE -> AcknowledgeType.REJECT;
        };
    }

    /** The broker has taken an acknowledgement that was sent at {@code sentAt}. */
    void confirmed(RecordKey key, AcknowledgeType type, Instant sentAt) {
        if (type == AcknowledgeType.RENEW) {
            Entry entry = Objects.requireNonNull(entries.get(key), "renewed record");
            entry.lockedAt = sentAt;
            entry.inHand = false;
        } else {
            entries.remove(key);
        }
    }

    /**
     * The broker has refused an acknowledgement: the lock is somebody else's, and the record out of
     * our hands.
     */
    void refused(RecordKey key) {
        entries.remove(key);
    }

    /** Forgets the renewed records that did not come back while their lock lasted. */
    List<RecordKey> expired(Instant now) {
        List<RecordKey> expired = new ArrayList<>();
        entries.forEach(
                (key, entry) -> {
                    if (!entry.inHand && !now.isBefore(entry.lockedAt.plus(lock))) {
                        expired.add(key);
                    }
                });
        expired.forEach(entries::remove);
        return expired;
    }

    /** Forgets everything: the consumer is gone, and its locks with it. */
    List<RecordKey> forgetAll() {
        List<RecordKey> forgotten = List.copyOf(entries.keySet());
        entries.clear();
        return forgotten;
    }

    /** How long the consumer may be silent; zero when something is due. */
    Duration quietFor(Instant now) {
        if (awaitsReturn() || !due(now).isEmpty()) {
            return Duration.ZERO;
        }
        return entries.values().stream()
                .map(entry -> Duration.between(now, renewalAt(entry)))
                .min(Duration::compareTo)
                .orElse(lock.dividedBy(3));
    }

    /** A third of the lock: two renewals may go wrong before it is lost. */
    private Instant renewalAt(Entry entry) {
        return entry.lockedAt.plus(lock.dividedBy(3));
    }

    private static final class Entry {
        private Instant lockedAt;
        private boolean inHand = true;
        private @Nullable Settlement settlement;

        private Entry(Instant lockedAt) {
            this.lockedAt = lockedAt;
        }
    }
}

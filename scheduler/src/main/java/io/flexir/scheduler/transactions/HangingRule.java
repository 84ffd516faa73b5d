package io.flexir.scheduler.transactions;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells a transaction that hangs from one that takes its time. A coordinator names a partition in a
 * transaction before anything of it is written there, and strikes it off after it was ended there.
 * So a partition that has a transaction open of which the coordinator does not speak will have it
 * for ever (KIP-664). Pure; one thread.
 */
final class HangingRule {
    private final String prefix;
    private final long patienceNanos;
    private final Map<OpenTransaction, Long> seenSinceNanos = new HashMap<>();

    /**
     * @param applicationId Kafka Streams' name for the schedulers, with which the transactional ids
     *     of their producers begin; those of others are never judged
     * @param patience with an open transaction, longer than a coordinator's with its producer
     */
    HangingRule(String applicationId, Duration patience) {
        this.prefix = applicationId + "-";
        this.patienceNanos = patience.toNanos();
    }

    /**
     * Those that were open at every look for longer than is usual. By the time that passes, not by
     * what their records say: theirs are the times of what they answer.
     *
     * @param open all that are open now
     */
    List<OpenTransaction> overdue(Collection<OpenTransaction> open, long nowNanos) {
        seenSinceNanos.keySet().retainAll(Set.copyOf(open));
        open.forEach(each -> seenSinceNanos.putIfAbsent(each, nowNanos));
        return seenSinceNanos.entrySet().stream()
                .filter(seen -> nowNanos - seen.getValue() >= patienceNanos)
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Whether nobody will ever end it.
     *
     * @param open was so before and after the coordinator was asked
     * @param coordinated what it said, none if no coordinator knows the producer
     */
    boolean hangs(OpenTransaction open, @Nullable Coordinated coordinated) {
        return coordinated != null
                && coordinated.transactionalId().startsWith(prefix)
                && !coordinated.partitions().contains(open.partition());
    }
}

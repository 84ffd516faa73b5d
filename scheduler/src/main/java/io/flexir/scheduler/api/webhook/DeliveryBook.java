package io.flexir.scheduler.api.webhook;

import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.webhook.WebhookDelivery;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Deliveries as their topic has them: those that are to be sent, and the latest that have ended.
 * Thread-safe.
 */
final class DeliveryBook {
    private static final int MAX_PENDING = 20_000;
    private static final int MAX_PENDING_OF_TENANT = 2_000;

    /** As many as the view holds jobs that have ended. */
    private static final int MAX_ENDED = 50_000;

    private final Map<JobId, WebhookDelivery> pending = new HashMap<>();
    private final TreeSet<WebhookDelivery> due =
            new TreeSet<>(
                    Comparator.comparing(DeliveryBook::dueAt)
                            .thenComparing(delivery -> delivery.jobId().value()));
    private final Map<TenantId, Integer> pendingOf = new HashMap<>();
    private final Map<JobId, WebhookDelivery> ended = new LinkedHashMap<>();

    private static Instant dueAt(WebhookDelivery delivery) {
        Instant next = delivery.nextAttemptAt();
        return next == null ? Instant.MAX : next;
    }

    /** What is older than what is known changes nothing. */
    synchronized void apply(WebhookDelivery delivery) {
        Optional<WebhookDelivery> known = find(delivery.jobId());
        if (known.isPresent() && known.get().updatedAt().isAfter(delivery.updatedAt())) {
            return;
        }
        forget(delivery.jobId());
        if (delivery.pending()) {
            pending.put(delivery.jobId(), delivery);
            due.add(delivery);
            pendingOf.merge(delivery.tenant(), 1, Integer::sum);
        } else {
            ended.put(delivery.jobId(), delivery);
            dropOldest();
        }
    }

    synchronized void forget(JobId job) {
        ended.remove(job);
        WebhookDelivery before = pending.remove(job);
        if (before != null) {
            due.remove(before);
            pendingOf.computeIfPresent(
                    before.tenant(), (tenant, count) -> count == 1 ? null : count - 1);
        }
    }

    synchronized Optional<WebhookDelivery> find(JobId job) {
        WebhookDelivery waiting = pending.get(job);
        return Optional.ofNullable(waiting == null ? ended.get(job) : waiting);
    }

    synchronized int pending() {
        return pending.size();
    }

    synchronized int pendingOf(TenantId tenant) {
        return pendingOf.getOrDefault(tenant, 0);
    }

    /** Whether there is room for anybody's. */
    synchronized boolean hasRoom() {
        return pending.size() < MAX_PENDING;
    }

    /**
     * Whether there is room for one more of the tenant's: nobody has more than are free, so that
     * whoever comes later finds room however many fill theirs (dynamic thresholds; Choudhury and
     * Hahne 1998, section III, with alpha 1).
     */
    synchronized boolean hasRoomFor(TenantId tenant) {
        return pendingOf(tenant) < Math.min(MAX_PENDING_OF_TENANT, MAX_PENDING - pending.size());
    }

    /** What is due and wanted, the longest due first. */
    synchronized List<WebhookDelivery> due(
            Instant now, Predicate<WebhookDelivery> wanted, int limit) {
        return due.stream()
                .takeWhile(delivery -> !dueAt(delivery).isAfter(now))
                .filter(wanted)
                .limit(limit)
                .toList();
    }

    private void dropOldest() {
        if (ended.size() > MAX_ENDED) {
            Iterator<JobId> oldest = ended.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }
}

package io.flexir.scheduler.access;

import io.flexir.contracts.request.TenantId;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A bucket of tokens for each tenant that asks: a second's worth fits in, and comes back evenly.
 * Tenants are those that keys are for, so they are few. Thread-safe.
 */
public final class RateLimits {
    private static final Duration SECOND = Duration.ofSeconds(1);
    // What is slower than a request in three hours is no rate.
    private static final double SLOWEST = 1e-4;

    private final RateRules rules;
    private final TimeMeter clock;
    private final Map<TenantId, Bucket> buckets = new ConcurrentHashMap<>();

    public RateLimits(RateRules rules) {
        this(rules, TimeMeter.SYSTEM_MILLISECONDS);
    }

    RateLimits(RateRules rules, TimeMeter clock) {
        this.rules = rules;
        this.clock = clock;
    }

    /** Counts one request; when it is one too many, the time until the next may be sent. */
    public Optional<Duration> excess(TenantId tenant) {
        double perSecond = rules.perSecond(tenant);
        if (Double.isInfinite(perSecond)) {
            return Optional.empty();
        }
        var probe =
                buckets.computeIfAbsent(tenant, first -> bucket(perSecond))
                        .tryConsumeAndReturnRemaining(1);
        return probe.isConsumed()
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(probe.getNanosToWaitForRefill()));
    }

    private Bucket bucket(double perSecond) {
        long tokens = Math.max(1, Math.round(perSecond));
        Duration period =
                perSecond >= 1
                        ? SECOND
                        : Duration.ofMillis(Math.round(1000 / Math.max(SLOWEST, perSecond)));
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(tokens).refillGreedy(tokens, period))
                .withCustomTimePrecision(clock)
                .build();
    }
}

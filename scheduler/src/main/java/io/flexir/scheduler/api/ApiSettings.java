package io.flexir.scheduler.api;

import io.flexir.scheduler.access.AccessRules;
import io.flexir.scheduler.access.Callers;
import io.flexir.scheduler.access.Routes;
import io.flexir.scheduler.api.view.ViewLimits;
import io.flexir.scheduler.api.webhook.WebhookRules;
import io.flexir.scheduler.costs.PriceList;
import io.flexir.scheduler.keeping.KeepingRules;
import io.flexir.scheduler.tracing.Tracing;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;

/**
 * How the API listens, and what bounds it.
 *
 * @param host address to bind
 * @param port of the API; 0 picks a free one
 * @param managementHost address to bind for metrics and health
 * @param managementPort of metrics and health; 0 picks a free one
 * @param kafka client properties that say how to reach the broker
 * @param callers who may ask
 * @param access what they may ask for, and how often
 * @param routes topics that tenants may write requests to
 * @param maxWaitingJobs submissions are refused (429) while so many jobs of the fleet have not
 *     ended
 * @param maxBodyBytes of one request, past which it is refused (413)
 * @param maxBodiesBytes of all requests that are being read or answered, past which they are
 *     refused (503)
 * @param maxBlockingCalls calls to object store and broker at once, past which requests are refused
 *     (503)
 * @param maxStreams clients that follow a job at once, past which they are refused (503)
 * @param streamHeartbeat between comments on a quiet stream of events
 * @param unknownJobPatience how long an unknown job is waited for before 404
 * @param view bounds of the read view
 * @param keeping how long the bucket keeps things
 * @param prices what things cost
 * @param webhooks how those are told of a job's end who asked for it
 * @param tracing of requests, and of what they cause
 * @param tls what both ports are served with; none serves them in clear
 */
public record ApiSettings(
        String host,
        int port,
        String managementHost,
        int managementPort,
        Map<String, Object> kafka,
        Callers callers,
        AccessRules access,
        Routes routes,
        int maxWaitingJobs,
        long maxBodyBytes,
        long maxBodiesBytes,
        int maxBlockingCalls,
        int maxStreams,
        Duration streamHeartbeat,
        Duration unknownJobPatience,
        ViewLimits view,
        KeepingRules keeping,
        PriceList prices,
        WebhookRules webhooks,
        Tracing tracing,
        @Nullable TlsFiles tls) {
    /** With the usual prices, and no webhooks. */
    public ApiSettings(
            String host,
            int port,
            String managementHost,
            int managementPort,
            Map<String, Object> kafka,
            Callers callers,
            AccessRules access,
            Routes routes,
            int maxWaitingJobs,
            long maxBodyBytes,
            long maxBodiesBytes,
            int maxBlockingCalls,
            int maxStreams,
            Duration streamHeartbeat,
            Duration unknownJobPatience,
            ViewLimits view,
            KeepingRules keeping,
            @Nullable TlsFiles tls) {
        this(
                host,
                port,
                managementHost,
                managementPort,
                kafka,
                callers,
                access,
                routes,
                maxWaitingJobs,
                maxBodyBytes,
                maxBodiesBytes,
                maxBlockingCalls,
                maxStreams,
                streamHeartbeat,
                unknownJobPatience,
                view,
                keeping,
                PriceList.DEFAULT,
                WebhookRules.NONE,
                Tracing.OFF,
                tls);
    }

    public ApiSettings {
        kafka = Map.copyOf(kafka);
        requirePort("port", port);
        requirePort("managementPort", managementPort);
        requirePositive("maxWaitingJobs", maxWaitingJobs);
        requirePositive("maxBodyBytes", maxBodyBytes);
        requirePositive("maxBodiesBytes", maxBodiesBytes);
        requirePositive("maxBlockingCalls", maxBlockingCalls);
        requirePositive("maxStreams", maxStreams);
        requirePositive("streamHeartbeat", streamHeartbeat.toMillis());
        if (unknownJobPatience.isNegative()) {
            throw new IllegalArgumentException(
                    "unknownJobPatience must not be negative, is " + unknownJobPatience);
        }
    }

    /** The design's bounds, on loopback. */
    public static ApiSettings withDefaults(
            int port, int managementPort, Map<String, Object> kafka, Callers callers) {
        return new ApiSettings(
                "127.0.0.1",
                port,
                "127.0.0.1",
                managementPort,
                kafka,
                callers,
                AccessRules.OPEN,
                Routes.NONE,
                10_000,
                12L << 20,
                256L << 20,
                256,
                1000,
                Duration.ofSeconds(15),
                Duration.ofSeconds(2),
                ViewLimits.DEFAULT,
                KeepingRules.DEFAULT,
                null);
    }

    /** The same that keeps things otherwise. */
    public ApiSettings keeping(KeepingRules rules) {
        return new ApiSettings(
                host,
                port,
                managementHost,
                managementPort,
                kafka,
                callers,
                access,
                routes,
                maxWaitingJobs,
                maxBodyBytes,
                maxBodiesBytes,
                maxBlockingCalls,
                maxStreams,
                streamHeartbeat,
                unknownJobPatience,
                view,
                rules,
                prices,
                webhooks,
                tracing,
                tls);
    }

    /** The same by other prices. */
    public ApiSettings pricedBy(PriceList list) {
        return new ApiSettings(
                host,
                port,
                managementHost,
                managementPort,
                kafka,
                callers,
                access,
                routes,
                maxWaitingJobs,
                maxBodyBytes,
                maxBodiesBytes,
                maxBlockingCalls,
                maxStreams,
                streamHeartbeat,
                unknownJobPatience,
                view,
                keeping,
                list,
                webhooks,
                tracing,
                tls);
    }

    /** The same that tells those who ask for it. */
    public ApiSettings telling(WebhookRules rules) {
        return new ApiSettings(
                host,
                port,
                managementHost,
                managementPort,
                kafka,
                callers,
                access,
                routes,
                maxWaitingJobs,
                maxBodyBytes,
                maxBodiesBytes,
                maxBlockingCalls,
                maxStreams,
                streamHeartbeat,
                unknownJobPatience,
                view,
                keeping,
                prices,
                rules,
                tracing,
                tls);
    }

    /** The same with what it does traced. */
    public ApiSettings traced(Tracing by) {
        return new ApiSettings(
                host,
                port,
                managementHost,
                managementPort,
                kafka,
                callers,
                access,
                routes,
                maxWaitingJobs,
                maxBodyBytes,
                maxBodiesBytes,
                maxBlockingCalls,
                maxStreams,
                streamHeartbeat,
                unknownJobPatience,
                view,
                keeping,
                prices,
                webhooks,
                by,
                tls);
    }

    private static void requirePort(String name, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(name + " must be 0 to 65535, is " + port);
        }
    }

    private static void requirePositive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " must be positive, is " + value);
        }
    }
}

package io.flexir.scheduler.config;

import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.access.AccessRules;
import io.flexir.scheduler.access.Callers;
import io.flexir.scheduler.access.Routes;
import io.flexir.scheduler.access.SingleTenant;
import io.flexir.scheduler.api.ApiSettings;
import io.flexir.scheduler.api.TlsFiles;
import io.flexir.scheduler.storage.Secret;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Where the scheduler listens, and who may ask.
 *
 * @param host address of the API
 * @param port of the API; 0 picks a free one
 * @param managementHost address of metrics and health
 * @param managementPort of metrics and health; 0 picks a free one
 * @param tenant whom callers with {@code apiKey} belong to
 * @param apiKey that allows everything to that tenant
 * @param keys file with the keys of tenants; without it and {@code apiKey} everybody may ask
 * @param maxWaitingJobs submissions are refused while so many jobs have not ended
 * @param maxRequestsPerSecond of one tenant, unless it has a rate of its own; 0 is no bound
 * @param tls what both ports are served with; none serves them in clear
 */
public record HttpConfig(
        String host,
        int port,
        String managementHost,
        int managementPort,
        String tenant,
        @Nullable Secret apiKey,
        @Nullable Path keys,
        int maxWaitingJobs,
        double maxRequestsPerSecond,
        @Nullable TlsFiles tls) {
    /** Free ports on loopback, open to everybody there. */
    public static HttpConfig onLoopback() {
        return new HttpConfig(
                "127.0.0.1", 0, "127.0.0.1", 0, "default", null, null, 10_000, 1000, null);
    }

    /** The same on chosen ports. */
    public HttpConfig withPorts(int chosenPort, int chosenManagementPort) {
        return new HttpConfig(
                host,
                chosenPort,
                managementHost,
                chosenManagementPort,
                tenant,
                apiKey,
                keys,
                maxWaitingJobs,
                maxRequestsPerSecond,
                tls);
    }

    /** The same for callers who know a key. */
    public HttpConfig withApiKey(Secret key) {
        return new HttpConfig(
                host,
                port,
                managementHost,
                managementPort,
                tenant,
                key,
                keys,
                maxWaitingJobs,
                maxRequestsPerSecond,
                tls);
    }

    /** Whether everybody who reaches it may ask. */
    public boolean open() {
        return apiKey == null && keys == null;
    }

    /** What a tenant may send that has no rate of its own. */
    public double requestsPerSecond() {
        return maxRequestsPerSecond == 0 ? Double.POSITIVE_INFINITY : maxRequestsPerSecond;
    }

    /** Who has the one key, or everybody where the API is open. */
    public SingleTenant holder() {
        return new SingleTenant(new TenantId(tenant), apiKey);
    }

    /**
     * Those who have a key of their own, and who has the one key. A key of both would let its
     * tenant do everything, and in another tenant's name.
     *
     * @param tenants as the file of keys has them
     * @throws InvalidConfigException when the one key is one of theirs
     */
    public Callers callers(Callers tenants) {
        if (apiKey == null) {
            return tenants;
        }
        if (tenants.identify(Callers.SCHEME + apiKey.value()).isPresent()) {
            throw new InvalidConfigException(
                    List.of(
                            "the key that allows everything (--api-key, FLEXIR_API_KEY) is a"
                                    + " tenant's in the file of keys: it must be another, or none;"
                                    + " a key to ask with is not for a scheduler's environment"));
        }
        return tenants.or(holder());
    }

    /** The API's settings; what is not chosen here stays as the API has it. */
    public ApiSettings settings(
            Map<String, Object> kafka, Routes routes, Callers callers, AccessRules access) {
        ApiSettings api = ApiSettings.withDefaults(port, managementPort, kafka, callers);
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
                api.maxBodyBytes(),
                api.maxBodiesBytes(),
                api.maxBlockingCalls(),
                api.maxStreams(),
                api.streamHeartbeat(),
                api.unknownJobPatience(),
                api.view(),
                api.keeping(),
                tls);
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("::1") || host.startsWith("127.");
    }

    void check(Problems problems) {
        problems.between("the port", port, 0, 65_535);
        problems.between("the management port", managementPort, 0, 65_535);
        problems.unless(
                port == 0 || port != managementPort,
                "the port and the management port must differ, both are " + port);
        problems.named("the tenant", tenant);
        problems.unless(
                !open() || isLoopback(host),
                "on the host "
                        + host
                        + " others can reach the API: name a file of keys, or a key, or serve it on"
                        + " 127.0.0.1");
        problems.between("requests a second of a tenant", maxRequestsPerSecond, 0, 1e6);
        problems.between("the bound on waiting jobs", maxWaitingJobs, 1, 10_000_000);
    }
}

package io.flexir.scheduler.config;

import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.api.ApiSettings;
import io.flexir.scheduler.api.SingleTenant;
import io.flexir.scheduler.storage.Secret;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * Where the scheduler listens, and who may ask.
 *
 * @param host address of the API
 * @param port of the API; 0 picks a free one
 * @param managementHost address of metrics and health
 * @param managementPort of metrics and health; 0 picks a free one
 * @param tenant whom everybody who asks belongs to
 * @param apiKey that callers must know; none lets everybody in
 * @param maxWaitingJobs submissions are refused while so many jobs have not ended
 */
public record HttpConfig(
        String host,
        int port,
        String managementHost,
        int managementPort,
        String tenant,
        @Nullable Secret apiKey,
        int maxWaitingJobs) {
    /** Free ports on loopback, open to everybody there. */
    public static HttpConfig onLoopback() {
        return new HttpConfig("127.0.0.1", 0, "127.0.0.1", 0, "default", null, 10_000);
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
                maxWaitingJobs);
    }

    /** The same for callers who know a key. */
    public HttpConfig withApiKey(Secret key) {
        return new HttpConfig(
                host, port, managementHost, managementPort, tenant, key, maxWaitingJobs);
    }

    /** The API's settings; what is not chosen here stays as the API has it. */
    public ApiSettings settings(Map<String, Object> kafka) {
        SingleTenant callers = new SingleTenant(new TenantId(tenant), apiKey);
        ApiSettings api = ApiSettings.withDefaults(port, managementPort, kafka, callers);
        return new ApiSettings(
                host,
                port,
                managementHost,
                managementPort,
                kafka,
                callers,
                maxWaitingJobs,
                api.maxBodyBytes(),
                api.maxBodiesBytes(),
                api.maxBlockingCalls(),
                api.maxStreams(),
                api.streamHeartbeat(),
                api.unknownJobPatience(),
                api.view());
    }

    void check(Problems problems) {
        problems.between("the port", port, 0, 65_535);
        problems.between("the management port", managementPort, 0, 65_535);
        problems.unless(
                port == 0 || port != managementPort,
                "the port and the management port must differ, both are " + port);
        problems.named("the tenant", tenant);
        problems.between("the bound on waiting jobs", maxWaitingJobs, 1, 10_000_000);
    }
}

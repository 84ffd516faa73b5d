package io.flexir.ops.local.client;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Optional;

/** A scheduler's management port, as autoscalers and probes read it. Thread-safe. */
public final class ManagementPort implements AutoCloseable {
    private static final int OK = 200;

    private final Http http;

    /**
     * @param address where metrics and health are
     */
    public ManagementPort(URI address) {
        http = new Http(address, Optional.empty(), Optional.empty());
    }

    /** How many workers it wants now; none while it does not know or does not answer. */
    public Optional<FleetScaling> scaling() {
        try {
            return Optional.of(http.json(get("/scaling"), FleetScaling.class));
        } catch (FleetException unknown) {
            return Optional.empty();
        }
    }

    /** Whether it is there and works on jobs. */
    public boolean ready() {
        try {
            return http.send(get("/health/ready"), BodyHandlers.discarding()).statusCode() == OK;
        } catch (FleetException notThere) {
            return false;
        }
    }

    @Override
    public void close() {
        http.close();
    }

    private HttpRequest get(String path) {
        return http.to(path).timeout(Http.ANSWER).GET().build();
    }
}

package io.flexir.ops.bench.chaos.fleet;

import io.flexir.ops.local.Ports;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.PoolOptions;
import io.vertx.httpproxy.HttpProxy;

import java.net.URI;

/**
 * A reverse proxy before a real object store, which can be told to spoil what passes. Its address
 * stays. Thread-safe.
 */
public final class StoreProxy implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 128;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final StoreFaults faults = new StoreFaults();
    private final HttpServer server;

    /**
     * Starts it.
     *
     * @param store where requests go
     */
    public StoreProxy(URI store) {
        HttpClient client =
                vertx.createHttpClient(
                        new HttpClientOptions(),
                        new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS));
        HttpProxy proxy = HttpProxy.reverseProxy(client);
        proxy.origin(store.getPort(), store.getHost());
        proxy.addInterceptor(faults);
        server =
                await(
                        vertx.createHttpServer()
                                .requestHandler(proxy)
                                .listen(Ports.ANY, Ports.LOOPBACK));
    }

    /** Where clients of the store go. */
    public URI address() {
        return Ports.address(server.actualPort());
    }

    /** What happens to requests from now on. */
    public void spoil(StoreFault fault) {
        faults.set(fault);
    }

    /** Requests that a fault has struck, all together. */
    public long struck() {
        return faults.struck();
    }

    @Override
    public void close() {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}

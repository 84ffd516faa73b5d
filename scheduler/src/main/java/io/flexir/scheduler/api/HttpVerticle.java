package io.flexir.scheduler.api;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/** One event loop's share of an HTTP server. */
final class HttpVerticle extends VerticleBase {
    /** A stream of events does not end by itself, and is not worth more. */
    private static final int GRACE_SECONDS = 3;

    private final HttpServerOptions options;
    private final Function<Vertx, Router> routers;
    private final Port bound;
    private final Consumer<HttpServer> certificate;
    private @Nullable HttpServer server;

    HttpVerticle(HttpServerOptions options, Function<Vertx, Router> routers, Port bound) {
        this(options, routers, bound, server -> {});
    }

    /**
     * @param certificate given each server, to renew its certificate
     */
    HttpVerticle(
            HttpServerOptions options,
            Function<Vertx, Router> routers,
            Port bound,
            Consumer<HttpServer> certificate) {
        this.options = options;
        this.routers = routers;
        this.bound = bound;
        this.certificate = certificate;
    }

    @Override
    public Future<?> start() {
        HttpServer created = vertx.createHttpServer(options).requestHandler(routers.apply(vertx));
        server = created;
        certificate.accept(created);
        return created.listen().onSuccess(listening -> bound.set(listening.actualPort()));
    }

    /** Takes no more requests; those in hand are answered first, if that does not take long. */
    @Override
    public Future<?> stop() {
        return server == null
                ? Future.succeededFuture()
                : server.shutdown(GRACE_SECONDS, TimeUnit.SECONDS);
    }

    /** The port that all loops share. */
    static final class Port {
        private final AtomicInteger number = new AtomicInteger();

        private void set(int port) {
            number.set(port);
        }

        int number() {
            return number.get();
        }
    }
}

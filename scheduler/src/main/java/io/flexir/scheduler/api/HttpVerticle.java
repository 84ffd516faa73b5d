package io.flexir.scheduler.api;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/** One event loop's share of an HTTP server. */
final class HttpVerticle extends VerticleBase {
    private final HttpServerOptions options;
    private final Function<Vertx, Router> routers;
    private final Port bound;
    private final Consumer<HttpServer> certificate;

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
        HttpServer server = vertx.createHttpServer(options).requestHandler(routers.apply(vertx));
        certificate.accept(server);
        return server.listen().onSuccess(listening -> bound.set(listening.actualPort()));
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

package io.flexir.scheduler.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Sends files that are the same for everybody, with what keeps a browser from misusing them. */
final class StaticFile {
    /** Before the API's own handlers, which ask for a key. */
    private static final int FIRST = -1;

    private StaticFile() {}

    /** Serves a file at a path of a router that may have routes for everything already. */
    static void route(Router router, String path, WebFile file, String contentSecurityPolicy) {
        router.route(path)
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .order(FIRST)
                .handler(context -> send(context, file, contentSecurityPolicy));
    }

    private static void send(RoutingContext context, WebFile file, String contentSecurityPolicy) {
        HttpServerResponse response =
                context.response()
                        .putHeader("Content-Security-Policy", contentSecurityPolicy)
                        .putHeader("X-Content-Type-Options", "nosniff")
                        .putHeader("Referrer-Policy", "no-referrer")
                        .putHeader("Cache-Control", "no-cache")
                        .putHeader("Vary", "Accept-Encoding")
                        .putHeader("ETag", file.etag());
        if (file.etag().equals(context.request().getHeader("If-None-Match"))) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader("Content-Type", file.contentType());
        boolean gzip = accepts(context, "gzip");
        if (gzip) {
            response.putHeader("Content-Encoding", "gzip");
        }
        byte[] body = gzip ? file.gzipped() : file.bytes();
        if (context.request().method().equals(HttpMethod.HEAD)) {
            response.putHeader("Content-Length", Integer.toString(body.length)).end();
        } else {
            response.end(Buffer.buffer(body));
        }
    }

    private static boolean accepts(RoutingContext context, String encoding) {
        String accepted = context.request().getHeader("Accept-Encoding");
        return accepted != null && accepted.contains(encoding);
    }
}

package io.flexir.ops.bench.chaos.fleet;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** Spoils requests to the store, or their answers. Thread-safe. */
final class StoreFaults implements ProxyInterceptor {
    private static final int NO_ROOM = 507;

    private final AtomicReference<StoreFault> fault = new AtomicReference<>(new StoreFault.None());
    private final AtomicLong room = new AtomicLong();
    private final AtomicLong struck = new AtomicLong();

    void set(StoreFault next) {
        if (next instanceof StoreFault.Full(long bytes)) {
            room.set(bytes);
        }
        fault.set(next);
    }

    long struck() {
        return struck.get();
    }

    @Override
    public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
        return switch (fault.get()) {
            case StoreFault.None _, StoreFault.Cuts _ -> forwarded(context);
            case StoreFault.Errors _ -> refused(context.request(), 500, "InternalError");
            case StoreFault.Hangs _ -> silence();
            case StoreFault.Full _ ->
                    fits(context.request())
                            ? forwarded(context)
                            : refused(context.request(), NO_ROOM, "XMinioStorageFull");
        };
    }

    @Override
    public Future<Void> handleProxyResponse(ProxyContext context) {
        return switch (fault.get()) {
            case StoreFault.Cuts _ -> cut(context);
            case StoreFault.None _, StoreFault.Errors _, StoreFault.Hangs _, StoreFault.Full _ ->
                    context.sendResponse();
        };
    }

    /** Requests are signed for the address that the client knows. */
    private static Future<ProxyResponse> forwarded(ProxyContext context) {
        HostAndPort known = context.request().proxiedRequest().authority();
        if (known != null) {
            context.request().setAuthority(known);
        }
        return context.sendRequest();
    }

    /** Never done: the client gives up first. */
    private <T> Future<T> silence() {
        struck.incrementAndGet();
        return Promise.<T>promise().future();
    }

    private boolean fits(ProxyRequest request) {
        return !request.getMethod().equals(HttpMethod.PUT)
                || room.addAndGet(-Math.max(0, request.getBody().length())) >= 0;
    }

    /** As S3 servers say it. */
    private Future<ProxyResponse> refused(ProxyRequest request, int status, String code) {
        struck.incrementAndGet();
        return Future.succeededFuture(
                request.response()
                        .setStatusCode(status)
                        .putHeader("Content-Type", "application/xml")
                        .setBody(
                                Body.body(
                                        Buffer.buffer(
                                                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                                                        + "<Error><Code>"
                                                        + code
                                                        + "</Code></Error>"))));
    }

    /**
     * What the store did is done. Of its answer the client gets the head and half of the body; of
     * an answer without a body nothing.
     */
    private Future<Void> cut(ProxyContext context) {
        struck.incrementAndGet();
        ProxyResponse answer = context.response();
        HttpServerRequest request = context.request().proxiedRequest();
        HttpClientResponse origin = answer.proxiedResponse();
        Future<Buffer> whole = origin.body();
        origin.resume();
        return whole.compose(bytes -> firstHalf(request.response(), answer, bytes))
                .eventually(() -> request.connection().close());
    }

    private static Future<Void> firstHalf(
            HttpServerResponse response, ProxyResponse answer, Buffer bytes) {
        if (bytes.length() < 2) {
            return Future.succeededFuture();
        }
        response.setStatusCode(answer.getStatusCode()).headers().setAll(answer.headers());
        response.headers()
                .remove(HttpHeaders.TRANSFER_ENCODING)
                .set(HttpHeaders.CONTENT_LENGTH, Integer.toString(bytes.length()));
        return response.write(bytes.slice(0, bytes.length() / 2));
    }
}

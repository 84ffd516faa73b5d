package io.flexir.ops.bench.flood;

import io.flexir.ops.local.client.ApiKey;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;

import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * Sends submissions at a rate of its own, whatever the answers: what finds no connection free is
 * counted and not sent. One event loop does it all.
 */
final class FloodClients implements AutoCloseable {
    /** Submissions under way on one connection. */
    static final int PIPELINE = 16;

    private static final long TICK_MILLIS = 5;
    private static final int TOO_MANY = 429;
    private static final int BUSY = 503;
    private static final int ACCEPTED = 202;

    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final HttpClient client;
    private final RequestOptions request;
    private final Buffer body;
    private final int mostUnderWay;
    private final Answered answered = new Answered();
    private final CompletableFuture<Answered> over = new CompletableFuture<>();
    private int underWay;
    private boolean finished;

    FloodClients(URI scheduler, ApiKey key, byte[] submission, int connections) {
        client =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setPipelining(true)
                                .setPipeliningLimit(PIPELINE)
                                .setKeepAlive(true),
                        new PoolOptions().setHttp1MaxSize(connections));
        body = Buffer.buffer(submission);
        mostUnderWay = connections * PIPELINE;
        request =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setHost(scheduler.getHost())
                        .setPort(scheduler.getPort())
                        .setURI("/v1/jobs")
                        .putHeader("Content-Type", "application/json")
                        .putHeader("Authorization", "Bearer " + key.value());
    }

    /** Blocks until all is sent and answered. */
    Answered send(int perSecond, Duration time) {
        Context loop = vertx.getOrCreateContext();
        loop.runOnContext(
                now -> {
                    long start = System.nanoTime();
                    vertx.setPeriodic(
                            TICK_MILLIS, timer -> tick(timer, start, perSecond, time.toNanos()));
                });
        return over.join();
    }

    private void tick(long timer, long start, int perSecond, long nanos) {
        long elapsed = Math.min(System.nanoTime() - start, nanos);
        long due = (long) (elapsed / 1e9 * perSecond);
        while (answered.sent + answered.notSent < due) {
            if (underWay < mostUnderWay) {
                submit();
            } else {
                answered.notSent++;
            }
        }
        if (elapsed == nanos) {
            vertx.cancelTimer(timer);
            finished = true;
            endIfOver();
        }
    }

    private void submit() {
        answered.sent++;
        underWay++;
        long start = System.nanoTime();
        client.request(request)
                .compose(prepared -> prepared.send(body))
                .compose(response -> response.body().map(read -> take(response, read)))
                .onFailure(failure -> answered.wrong(failure.getClass().getSimpleName()))
                .onComplete(
                        done -> {
                            answered.after(System.nanoTime() - start);
                            underWay--;
                            endIfOver();
                        });
    }

    private void endIfOver() {
        if (finished && underWay == 0) {
            over.complete(answered);
        }
    }

    private Buffer take(HttpClientResponse response, Buffer read) {
        String retryAfter = response.getHeader("Retry-After");
        switch (response.statusCode()) {
            case ACCEPTED -> answered.taken(new JsonObject(read).getString("id"));
            case TOO_MANY, BUSY -> {
                String type = new JsonObject(read).getString("type", "");
                String why = type.substring(type.lastIndexOf(':') + 1);
                if (retryAfter == null) {
                    answered.wrong(why + " without Retry-After");
                } else {
                    answered.refused(why, Integer.parseInt(retryAfter));
                }
            }
            default -> answered.wrong("HTTP " + response.statusCode());
        }
        return read;
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}

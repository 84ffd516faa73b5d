package io.flexir.ops.local.client;

import io.flexir.ops.local.client.FleetException.Unreachable;

import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The server-sent events of one job, over reconnections. Not thread-safe. */
final class JobStream {

    private static final int MAX_FRUITLESS_CONNECTIONS = 20;
    private static final long PAUSE_MILLIS = 500;
    private static final String FINAL = "final";

    private final Http http;
    private final String jobId;
    private String lastEventId = "";
    private boolean ended;

    JobStream(Http http, String jobId) {
        this.http = http;
        this.jobId = jobId;
    }

    /** Returns when the job has ended; a broken stream is taken up where it broke. */
    void follow(Consumer<Job> onChange) {
        int fruitless = 0;
        while (!ended) {
            String before = lastEventId;
            try {
                readOnce(onChange);
            } catch (Unreachable | UncheckedIOException broken) {
                if (fruitless == MAX_FRUITLESS_CONNECTIONS
                        || Thread.currentThread().isInterrupted()) {
                    throw broken;
                }
            }
            fruitless = lastEventId.equals(before) ? fruitless + 1 : 0;
            if (!ended) {
                pause();
            }
        }
    }

    private void readOnce(Consumer<Job> onChange) {
        HttpRequest.Builder request =
                http.to("/v1/jobs/" + Query.segment(jobId) + "/events")
                        .header("Accept", "text/event-stream");
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        HttpResponse<Stream<String>> response = http.send(request.build(), BodyHandlers.ofLines());
        try (Stream<String> lines = response.body()) {
            switch (response.statusCode()) {
                case 200 -> readEvents(lines.iterator(), onChange);
                // The final event has been seen already.
                case 204 -> ended = true;
                default ->
                        throw http.problem(
                                response.statusCode(),
                                String.join("\n", lines.toList()).getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private void readEvents(Iterator<String> lines, Consumer<Job> onChange) {
        ServerSentEvent.Parser parser = new ServerSentEvent.Parser();
        while (!ended && lines.hasNext()) {
            parser.line(lines.next())
                    .ifPresent(
                            event -> {
                                lastEventId = event.id().isEmpty() ? lastEventId : event.id();
                                onChange.accept(
                                        http.read(
                                                event.data().getBytes(StandardCharsets.UTF_8),
                                                Job.class));
                                ended = event.name().equals(FINAL);
                            });
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unreachable("interrupted while following a job", e);
        }
    }
}

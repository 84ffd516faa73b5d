package io.flexir.ops.local.client;

import io.flexir.ops.local.client.FleetException.Refused;
import io.flexir.ops.local.client.FleetException.Unreachable;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The server-sent events of one job, over reconnections. Not thread-safe. */
final class JobStream {

    private static final int MAX_FRUITLESS_CONNECTIONS = 20;
    private static final long PAUSE_MILLIS = 500;
    private static final String FINAL = "final";
    private static final int TOO_MANY_REQUESTS = 429;

    /** A scheduler says something every 15 s. */
    private static final Duration SILENCE = Duration.ofSeconds(45);

    private final Http http;
    private final String jobId;
    private final Duration silence;
    private String lastEventId = "";
    private boolean ended;

    JobStream(Http http, String jobId) {
        this(http, jobId, SILENCE);
    }

    /**
     * @param silence after which a stream is taken for broken
     */
    JobStream(Http http, String jobId, Duration silence) {
        this.http = http;
        this.jobId = jobId;
        this.silence = silence;
    }

    /**
     * Returns when the job has ended; a stream that breaks, falls silent, or cannot be had at the
     * moment is taken up where it was.
     */
    void follow(Consumer<Job> onChange) {
        int fruitless = 0;
        while (!ended) {
            String before = lastEventId;
            try {
                readOnce(onChange);
                fruitless = 0;
            } catch (FleetException broken) {
                fruitless = lastEventId.equals(before) ? fruitless + 1 : 0;
                if (!mayPass(broken)
                        || fruitless > MAX_FRUITLESS_CONNECTIONS
                        || Thread.currentThread().isInterrupted()) {
                    throw broken;
                }
            }
            if (!ended) {
                pause();
            }
        }
    }

    private static boolean mayPass(FleetException broken) {
        return !(broken instanceof Refused refused)
                || refused.status() >= 500
                || refused.status() == TOO_MANY_REQUESTS;
    }

    private void readOnce(Consumer<Job> onChange) {
        HttpRequest.Builder request =
                http.to("/v1/jobs/" + Query.segment(jobId) + "/events")
                        .header("Accept", "text/event-stream");
        if (!lastEventId.isEmpty()) {
            request.header("Last-Event-ID", lastEventId);
        }
        HttpResponse<InputStream> response =
                http.send(request.timeout(Http.ANSWER).build(), BodyHandlers.ofInputStream());
        try (InputStream body = response.body();
                Watchdog watchdog = new Watchdog(body, silence)) {
            switch (response.statusCode()) {
                case 200 -> readEvents(body, watchdog, onChange);
                // The final event has been seen already.
                case 204 -> ended = true;
                default -> throw http.problem(response, body.readAllBytes());
            }
        } catch (IOException broken) {
            throw new Unreachable(
                    "the events of job " + jobId + " broke off: " + broken.getMessage(), broken);
        }
    }

    private void readEvents(InputStream body, Watchdog watchdog, Consumer<Job> onChange)
            throws IOException {
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
        ServerSentEvent.Parser parser = new ServerSentEvent.Parser();
        while (!ended) {
            String line = lines.readLine();
            if (line == null) {
                return;
            }
            watchdog.heard();
            parser.line(line)
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

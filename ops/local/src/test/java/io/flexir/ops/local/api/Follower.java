package io.flexir.ops.local.api;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A client that follows a job's events and keeps every line. */
final class Follower implements AutoCloseable {
    private static final Pattern STATE = Pattern.compile("\"state\":\"([a-z]+)\"");

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> reading;

    private Follower(URI uri, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri);
        HttpRequest asked = (headers.length == 0 ? request : request.headers(headers)).build();
        reading =
                client.sendAsync(asked, BodyHandlers.ofLines())
                        .thenApply(HttpResponse::body)
                        .thenAccept(body -> body.forEach(lines::add));
    }

    static Follower of(URI uri, String... headers) {
        return new Follower(uri, headers);
    }

    /** Whether the server has ended the stream. */
    boolean ended() {
        return reading.isDone();
    }

    List<String> names() {
        return values("event: ").toList();
    }

    List<String> states() {
        return values("data: ")
                .map(STATE::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .toList();
    }

    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }

    private Stream<String> values(String field) {
        return lines.stream()
                .filter(line -> line.startsWith(field))
                .map(line -> line.substring(field.length()));
    }
}

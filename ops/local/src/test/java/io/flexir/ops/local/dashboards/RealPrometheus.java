package io.flexir.ops.local.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.ops.local.Ports;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's Prometheus on loopback, which scrapes every second and evaluates the rules. */
final class RealPrometheus implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process process;
    private final int port;

    /**
     * @param targets management ports on loopback
     */
    RealPrometheus(Path directory, List<Integer> targets) throws IOException {
        port = Ports.choose(0, "prometheus");
        Path config = directory.resolve("prometheus.yml");
        String scraped =
                String.join(
                        ", ", targets.stream().map(each -> "'127.0.0.1:" + each + "'").toList());
        Files.writeString(
                config,
                """
                global: {scrape_interval: 1s, evaluation_interval: 1s}
                rule_files: ['%s']
                scrape_configs:
                  - job_name: flexir
                    static_configs: [{targets: [%s]}]
                """
                        .formatted(Dashboards.RULES.toAbsolutePath().normalize(), scraped));
        process =
                new ProcessBuilder(
                                "prometheus",
                                "--config.file=" + config,
                                "--storage.tsdb.path=" + directory.resolve("data"),
                                "--web.listen-address=127.0.0.1:" + port,
                                "--log.level=warn")
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("prometheus.log").toFile())
                        .start();
    }

    boolean ready() {
        try {
            return get("/-/ready").statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /**
     * What a query gives now.
     *
     * @throws IllegalStateException when it is not one
     */
    JsonNode query(String expression) throws IOException {
        HttpResponse<String> answer =
                get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        JsonNode json = JSON.readTree(answer.body());
        if (!json.path("status").asText().equals("success")) {
            throw new IllegalStateException(expression + ": " + answer.body());
        }
        return json.at("/data/result");
    }

    /** Rules that could not be evaluated, with why. */
    List<String> brokenRules() throws IOException {
        JsonNode groups = JSON.readTree(get("/api/v1/rules").body()).at("/data/groups");
        return groups.findParents("health").stream()
                .filter(rule -> rule.path("health").asText().equals("err"))
                .map(rule -> rule.path("name").asText() + ": " + rule.path("lastError").asText())
                .toList();
    }

    private HttpResponse<String> get(String path) throws IOException {
        try {
            return client.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                            .timeout(Duration.ofSeconds(10))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException stopping) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        client.close();
    }
}

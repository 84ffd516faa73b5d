package io.flexir.scheduler.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.scheduler.api.RunningApi;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

class WebPageTest {
    private static final Path FILES = Path.of("src", "main", "resources", "web");
    private static final Pattern NAMED = Pattern.compile("(?:href|src)=\"(/web/[^\"]+)\"");
    private static final Pattern IMPORTED = Pattern.compile("from \"\\./([^\"]+)\"");

    private static RunningApi api;

    @BeforeAll
    static void start() {
        api = new RunningApi("a-key-that-nobody-sends", 10);
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    @Test
    void the_page_is_for_everybody_while_the_api_asks_for_a_key() {
        HttpResponse<String> page = api.get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.body()).contains("FlexIR");
        assertThat(api.get("/v1/jobs").statusCode()).isEqualTo(401);
        assertThat(api.get("/web/../openapi.yaml").statusCode()).isEqualTo(401);
        assertThat(api.get("/web/nothing.js").statusCode()).isEqualTo(401);
    }

    @Test
    void it_runs_its_own_scripts_alone_and_asks_nobody_but_the_scheduler_and_the_store() {
        String policy = api.get("/").headers().firstValue("Content-Security-Policy").orElseThrow();

        assertThat(policy)
                .contains("default-src 'none'")
                .contains("script-src 'self';")
                .contains("style-src 'self';")
                .contains("img-src 'self' blob: https://public.example;")
                .contains("connect-src 'self' https://public.example;")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
    }

    @Test
    void all_that_it_names_is_served_and_all_that_is_there_is_named() throws IOException {
        List<String> there;
        try (Stream<Path> files = Files.list(FILES)) {
            there = files.map(file -> file.getFileName().toString()).sorted().toList();
        }

        assertThat(WebFiles.NAMES).containsExactlyElementsOf(there);
        Stream<String> named =
                NAMED.matcher(api.get("/").body()).results().map(found -> found.group(1));
        Stream<String> imported =
                there.stream()
                        .filter(name -> name.endsWith(".js"))
                        .flatMap(name -> imports(name).map(other -> "/web/" + other));
        assertThat(Stream.concat(named, imported).distinct())
                .isNotEmpty()
                .allSatisfy(path -> assertThat(api.get(path).statusCode()).isEqualTo(200));
    }

    @Test
    void a_file_that_the_browser_has_is_not_sent_again() {
        String etag = api.get("/web/app.js").headers().firstValue("ETag").orElseThrow();

        HttpResponse<String> again = api.get("/web/app.js", "If-None-Match", etag);

        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        assertThat(api.get("/web/app.js", "If-None-Match", "\"other\"").statusCode())
                .isEqualTo(200);
    }

    @Test
    void it_is_compressed_for_whoever_can_read_that() throws IOException, InterruptedException {
        HttpRequest request = api.request("/web/style.css", "Accept-Encoding", "gzip").build();

        HttpResponse<byte[]> answer =
                api.client().send(request, HttpResponse.BodyHandlers.ofByteArray());

        assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
        try (var unzipped = new GZIPInputStream(new java.io.ByteArrayInputStream(answer.body()))) {
            assertThat(new String(unzipped.readAllBytes(), StandardCharsets.UTF_8))
                    .isEqualTo(api.get("/web/style.css").body());
        }
    }

    private static Stream<String> imports(String script) {
        return IMPORTED.matcher(api.get("/web/" + script).body())
                .results()
                .map((MatchResult found) -> found.group(1));
    }
}

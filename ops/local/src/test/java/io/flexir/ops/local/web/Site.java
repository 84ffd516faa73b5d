package io.flexir.ops.local.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.microsoft.playwright.Page;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.Ports;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.stack.LocalStack;
import io.flexir.ops.local.stack.StackSettings;
import io.flexir.ops.local.stack.Workforce;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;

/** A real fleet with its page, and the API beside it to hold the page against. */
final class Site implements AutoCloseable {
    static final String DENOISER = "denoise-color-25-s";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final LocalStack stack;
    private final FleetClient client;
    private final HttpClient http = HttpClient.newHttpClient();

    private Site(BudgetPolicy policy) {
        stack =
                LocalStack.start(
                        new StackSettings(
                                DataDirectory.temporary(),
                                Path.of("target", "site.log"),
                                Ports.ANY,
                                1,
                                Workforce.of(1),
                                Path.of("..", "models"),
                                policy));
        client = stack.connect();
    }

    static Site start() {
        return start(new BudgetPolicy.Load(600));
    }

    static Site start(BudgetPolicy policy) {
        return new Site(policy);
    }

    URI address() {
        return stack.address();
    }

    String key() {
        return stack.infrastructure().key().value();
    }

    FleetClient client() {
        return client;
    }

    LocalStack stack() {
        return stack;
    }

    /** Opens a page as somebody who has typed the key in before. */
    void open(Page page, String route) {
        page.addInitScript("sessionStorage.setItem('flexir.key', '" + key() + "')");
        page.navigate(address() + "/#" + route);
        page.locator("h1").first().waitFor();
    }

    /** What the API says. */
    JsonNode api(String path) {
        return read(path, HttpRequest.newBuilder(URI.create(address() + path)));
    }

    /** What the API answers to a body. */
    JsonNode post(String path, String body) {
        return read(
                path,
                HttpRequest.newBuilder(URI.create(address() + path))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private JsonNode read(String path, HttpRequest.Builder request) {
        HttpResponse<byte[]> answer =
                send(request.header("Authorization", "Bearer " + key()).build());
        assertThat(answer.statusCode()).as(path).isEqualTo(200);
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(path, e);
        }
    }

    HttpResponse<byte[]> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new IllegalStateException(request.uri().toString(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** A model as the API tells it. */
    JsonNode model(String name) {
        for (JsonNode model : api("/v1/models").path("models")) {
            if (model.path("name").asText().equals(name)) {
                return model;
            }
        }
        throw new IllegalArgumentException("no model " + name);
    }

    @Override
    public void close() {
        http.close();
        client.close();
        stack.close();
    }
}

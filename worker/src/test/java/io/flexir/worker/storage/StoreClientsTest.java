package io.flexir.worker.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

class StoreClientsTest {
    /** 200 megapixels of three samples of 16 bits. */
    private static final long LARGEST_RESULT = 6 * 200_000_000L;

    private static final long SLOW_BYTES_PER_MILLI = 1000;

    @Test
    void a_large_result_may_take_its_time_and_a_store_that_says_nothing_may_not() {
        OkHttpClient client = StoreClients.bounded().build();

        assertThat((long) client.callTimeoutMillis())
                .isGreaterThan(LARGEST_RESULT / SLOW_BYTES_PER_MILLI)
                .isLessThan(Duration.ofHours(1).toMillis());
        assertThat(client.readTimeoutMillis()).isBetween(1, 15_000);
        assertThat(client.writeTimeoutMillis()).isBetween(1, 15_000);
    }

    @Test
    void what_is_written_does_not_wait_for_an_acknowledgement() throws IOException {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", StoreClientsTest::accept);
        server.start();
        AtomicReference<Boolean> undelayed = new AtomicReference<>(false);
        OkHttpClient client =
                StoreClients.bounded()
                        .addNetworkInterceptor(
                                call -> {
                                    Socket used =
                                            Objects.requireNonNull(call.connection()).socket();
                                    undelayed.set(used.getTcpNoDelay());
                                    return call.proceed(call.request());
                                })
                        .build();
        Request put =
                new Request.Builder()
                        .url("http://127.0.0.1:" + server.getAddress().getPort() + "/result")
                        .put(RequestBody.create(new byte[50_000]))
                        .build();
        try (Response answer = client.newCall(put).execute()) {
            assertThat(answer.code()).isEqualTo(204);
        } finally {
            server.stop(0);
        }

        assertThat(undelayed).hasValue(true);
    }

    private static void accept(HttpExchange call) throws IOException {
        try (call) {
            call.getRequestBody().readAllBytes();
            call.sendResponseHeaders(204, -1);
        }
    }
}

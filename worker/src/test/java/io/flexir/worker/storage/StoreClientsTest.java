package io.flexir.worker.storage;

import static org.assertj.core.api.Assertions.assertThat;

import okhttp3.OkHttpClient;

import org.junit.jupiter.api.Test;

import java.time.Duration;

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
}

package io.flexir.scheduler.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.flexir.scheduler.access.AccessRules;
import io.flexir.scheduler.storage.Secret;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

class SchedulerConfigTest {
    private static final StoreConfig STORE =
            StoreConfig.withDefaults(
                    URI.create("http://127.0.0.1:9000"), "flexir", new Secret("hush"), "flexir");

    @Test
    void what_is_left_out_is_well_chosen() {
        SchedulerConfig config = config(STORE, HttpConfig.onLoopback(), JobsConfig.DEFAULT);

        assertThat(
                        config.http()
                                .settings(
                                        config.kafka().client(),
                                        config.kafka().access(),
                                        config.http().holder(),
                                        AccessRules.OPEN)
                                .maxWaitingJobs())
                .isEqualTo(10_000);
    }

    @Test
    void everything_that_is_wrong_is_said_at_once() {
        StoreConfig store =
                StoreConfig.withDefaults(URI.create("nowhere"), "flexir", new Secret("hush"), " ");
        HttpConfig http = HttpConfig.onLoopback().withPorts(-1, 70_000);
        JobsConfig jobs = JobsConfig.DEFAULT.withLockDuration(Duration.ofHours(1));

        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> config(store, http, jobs))
                .satisfies(wrong -> assertThat(wrong.problems()).hasSize(5))
                .withMessageContaining("the object store's address must be http://")
                .withMessageContaining("the bucket")
                .withMessageContaining("the port must be between 0 and 65535, is -1")
                .withMessageContaining("the management port")
                .withMessageContaining("while all are busy");
    }

    @Test
    void an_api_that_others_can_reach_needs_a_key() {
        HttpConfig loopback = HttpConfig.onLoopback();
        HttpConfig everywhere =
                new HttpConfig(
                        "0.0.0.0", 0, "127.0.0.1", 0, "default", null, null, 10_000, 0, null);

        assertThat(config(STORE, loopback, JobsConfig.DEFAULT).http().open()).isTrue();
        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> config(STORE, everywhere, JobsConfig.DEFAULT))
                .withMessageContaining("on the host 0.0.0.0 others can reach the API");
        assertThat(
                        config(
                                        STORE,
                                        everywhere.withApiKey(new Secret("whisper")),
                                        JobsConfig.DEFAULT)
                                .http()
                                .open())
                .isFalse();
    }

    @Test
    void no_secret_is_printed() {
        HttpConfig http = HttpConfig.onLoopback().withApiKey(new Secret("whisper"));

        String printed = config(STORE, http, JobsConfig.DEFAULT).toString();

        assertThat(printed).doesNotContain("hush", "whisper");
    }

    private static SchedulerConfig config(StoreConfig store, HttpConfig http, JobsConfig jobs) {
        KafkaConfig kafka = KafkaConfig.withDefaults("127.0.0.1:9092");
        return new SchedulerConfig(
                kafka, store, http, jobs, ScalingConfig.DEFAULT, Path.of("models"));
    }
}

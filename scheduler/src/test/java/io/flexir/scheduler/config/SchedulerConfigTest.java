package io.flexir.scheduler.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.access.AccessRules;
import io.flexir.scheduler.access.Callers;
import io.flexir.scheduler.access.KeyRing;
import io.flexir.scheduler.access.NewKey;
import io.flexir.scheduler.access.Principal;
import io.flexir.scheduler.access.Scope;
import io.flexir.scheduler.storage.Secret;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

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

    @Test
    void a_key_of_a_tenant_is_not_the_one_that_allows_everything() {
        NewKey tenants = NewKey.of(new TenantId("museum"), Set.of(Scope.READ), Instant.EPOCH);
        KeyRing file = KeyRing.EMPTY.with(tenants.kept());

        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> withKey(tenants.text()).callers(file))
                .withMessageContaining("a tenant's in the file of keys")
                .withMessageNotContaining(tenants.text());
        Callers both = withKey("whisper").callers(file);
        assertThat(both.identify("Bearer whisper"))
                .contains(Principal.master(new TenantId("default")));
        assertThat(both.identify("Bearer " + tenants.text()))
                .contains(new Principal(new TenantId("museum"), Set.of(Scope.READ)));
        assertThat(HttpConfig.onLoopback().callers(file).identify("Bearer whisper")).isEmpty();
    }

    @Test
    void a_key_that_becomes_a_tenants_later_is_that_tenants() {
        NewKey tenants = NewKey.of(new TenantId("museum"), Set.of(Scope.READ), Instant.EPOCH);
        AtomicReference<KeyRing> file = new AtomicReference<>(KeyRing.EMPTY);
        Callers callers = withKey(tenants.text()).callers(header -> file.get().identify(header));

        file.set(KeyRing.EMPTY.with(tenants.kept()));

        assertThat(callers.identify("Bearer " + tenants.text()))
                .contains(new Principal(new TenantId("museum"), Set.of(Scope.READ)));
    }

    private static HttpConfig withKey(String key) {
        return HttpConfig.onLoopback().withApiKey(new Secret(key));
    }

    private static SchedulerConfig config(StoreConfig store, HttpConfig http, JobsConfig jobs) {
        KafkaConfig kafka = KafkaConfig.withDefaults("127.0.0.1:9092");
        return new SchedulerConfig(
                kafka, store, http, jobs, ScalingConfig.DEFAULT, Path.of("models"));
    }
}

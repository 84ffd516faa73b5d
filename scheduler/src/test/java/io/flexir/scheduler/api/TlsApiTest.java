package io.flexir.scheduler.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.scheduler.access.AccessRules;
import io.flexir.scheduler.access.Routes;
import io.flexir.scheduler.access.SingleTenant;
import io.flexir.scheduler.budget.TenantRules;
import io.flexir.scheduler.config.HttpConfig;
import io.flexir.scheduler.config.ScalingConfig;
import io.flexir.scheduler.dispatch.ExperimentBook;
import io.flexir.scheduler.dispatch.FeedbackBook;
import io.flexir.scheduler.dispatch.PolicyBook;
import io.flexir.scheduler.dispatch.TenantBook;
import io.flexir.scheduler.jobs.Purges;
import io.flexir.scheduler.metrics.SchedulerMetrics;
import io.flexir.scheduler.scale.Scaling;
import io.flexir.scheduler.scale.ScalingWatch;
import io.flexir.scheduler.storage.ObjectStore;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;

import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

import javax.net.ssl.SSLException;

/** Both ports over real handshakes; neither broker nor store answers behind them. */
@Timeout(60)
class TlsApiTest {
    private static final HeldCertificate AUTHORITY = authority();
    private static final HeldCertificate ANOTHER_AUTHORITY = authority();

    @TempDir private Path directory;
    private TlsFiles files;

    @BeforeEach
    void certify() throws IOException {
        files = new TlsFiles(directory.resolve("tls.crt"), directory.resolve("tls.key"));
        write(signedBy(AUTHORITY));
    }

    @Test
    void whoever_trusts_its_authority_is_answered_at_both_ports() throws Exception {
        try (ApiServer api = start()) {
            for (URI address : addresses("https", api)) {
                assertThat(status(AUTHORITY, address)).as("%s", address).isEqualTo(200);
            }
        }
    }

    @Test
    void who_trusts_another_authority_does_not_talk_to_it() {
        try (ApiServer api = start()) {
            for (URI address : addresses("https", api)) {
                assertThatExceptionOfType(SSLException.class)
                        .isThrownBy(() -> status(ANOTHER_AUTHORITY, address));
            }
        }
    }

    @Test
    void in_clear_nobody_is_answered() {
        try (ApiServer api = start()) {
            for (URI address : addresses("http", api)) {
                assertThatExceptionOfType(IOException.class)
                        .isThrownBy(() -> status(AUTHORITY, address));
            }
        }
    }

    @Test
    void a_renewed_certificate_is_served_without_a_restart() throws Exception {
        try (ApiServer api = start()) {
            write(signedBy(ANOTHER_AUTHORITY));

            for (URI address : addresses("https", api)) {
                while (!accepts(ANOTHER_AUTHORITY, address)) {
                    Thread.onSpinWait();
                }
                assertThat(accepts(AUTHORITY, address)).isFalse();
            }
        }
    }

    @Test
    void a_certificate_whose_key_is_not_there_yet_is_not_served() throws Exception {
        Vertx vertx = Vertx.vertx();
        try (ServerTls tls = new ServerTls(vertx, files)) {
            KeyCertOptions before = tls.options().getKeyCertOptions();

            replace(files.certificate(), signedBy(AUTHORITY).certificatePem());
            tls.look();

            assertThat(tls.options().getKeyCertOptions()).isEqualTo(before);

            write(signedBy(AUTHORITY));
            tls.look();

            assertThat(tls.options().getKeyCertOptions()).isNotEqualTo(before);
        } finally {
            vertx.close().await();
        }
    }

    @Test
    void what_cannot_be_served_is_said_at_the_start() throws IOException {
        Files.writeString(files.key(), signedBy(AUTHORITY).privateKeyPkcs8Pem());
        assertRefused("the key is not that of the certificate");

        Files.writeString(files.key(), "no key");
        assertRefused("not PEM");

        Files.delete(files.key());
        assertRefused("tls.key is not there");
    }

    private void assertRefused(String why) {
        assertThatExceptionOfType(InvalidTlsException.class)
                .isThrownBy(this::start)
                .withMessageContaining("tls.crt")
                .withMessageContaining(why);
    }

    private static boolean accepts(HeldCertificate authority, URI address)
            throws InterruptedException, IOException {
        try {
            return status(authority, address) == 200;
        } catch (SSLException refused) {
            return false;
        }
    }

    private static int status(HeldCertificate authority, URI address)
            throws IOException, InterruptedException {
        HandshakeCertificates trusted =
                new HandshakeCertificates.Builder()
                        .addTrustedCertificate(authority.certificate())
                        .build();
        try (HttpClient client = HttpClient.newBuilder().sslContext(trusted.sslContext()).build()) {
            return client.send(
                            HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20)).build(),
                            BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private static List<URI> addresses(String scheme, ApiServer api) {
        return List.of(
                URI.create(scheme + "://127.0.0.1:" + api.port() + "/v1/models"),
                URI.create(scheme + "://127.0.0.1:" + api.managementPort() + "/health/live"));
    }

    private void write(HeldCertificate certificate) throws IOException {
        replace(files.certificate(), certificate.certificatePem());
        replace(files.key(), certificate.privateKeyPkcs8Pem());
    }

    private void replace(Path file, String text) throws IOException {
        Path fresh = Files.writeString(directory.resolve("fresh"), text);
        Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private static HeldCertificate authority() {
        return new HeldCertificate.Builder().certificateAuthority(0).build();
    }

    private static HeldCertificate signedBy(HeldCertificate authority) {
        return new HeldCertificate.Builder()
                .addSubjectAlternativeName("127.0.0.1")
                .signedBy(authority)
                .build();
    }

    private ApiServer start() {
        SchedulerMetrics metrics = new SchedulerMetrics();
        HttpConfig http =
                new HttpConfig(
                        "127.0.0.1", 0, "127.0.0.1", 0, "default", null, null, 10, 1000, files);
        Core core =
                new Core(
                        new PolicyBook(new BudgetPolicy.Load(30), metrics),
                        new TenantBook(TenantRules.EQUAL, Samples.load(TenantRules.EQUAL), metrics),
                        new ExperimentBook(),
                        new FeedbackBook(),
                        new Purges(),
                        Samples.activations());
        return ApiServer.start(
                http.settings(
                        Map.of("bootstrap.servers", "127.0.0.1:9"),
                        Routes.NONE,
                        new SingleTenant(Samples.TENANT, null),
                        AccessRules.OPEN),
                new ObjectStore(RunningApi.storage()),
                Samples.catalog(),
                core,
                metrics,
                new ScalingWatch(
                        Samples.fleetWork(),
                        new Scaling(ScalingConfig.DEFAULT.rules(), List.of("cpu")),
                        InstantSource.system()),
                List.of(),
                () -> true,
                InstantSource.system());
    }
}

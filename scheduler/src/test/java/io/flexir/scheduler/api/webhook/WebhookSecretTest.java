package io.flexir.scheduler.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flexir.contracts.request.TenantId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

class WebhookSecretTest {
    /** The example of the specification. */
    private static final String TEXT = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    @Test
    void the_example_of_the_specification_is_signed_as_there() {
        String signature =
                WebhookSecret.of(TEXT)
                        .sign(
                                "msg_p5jXN8AQM9LWM0D4loKWxJek",
                                Instant.ofEpochSecond(1614265330),
                                "{\"test\": 2432232314}".getBytes(UTF_8));

        assertThat(signature).isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_short", "whsec_*"})
    void what_is_no_secret_is_refused_without_being_told(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WebhookSecret.of(text))
                .withMessageNotContaining("short");
        assertThat(WebhookSecret.of(TEXT)).hasToString("***");
    }

    @Test
    void a_file_gives_each_tenant_its_own_and_is_read_again(@TempDir Path directory)
            throws IOException {
        Path file = directory.resolve("secrets.json");
        Files.writeString(file, "{\"museum\": [\"" + TEXT + "\"]}");
        try (WatchedSecrets secrets = new WatchedSecrets(file)) {
            assertThat(secrets.of(new TenantId("museum"))).containsExactly(WebhookSecret.of(TEXT));
            assertThat(secrets.of(new TenantId("zoo"))).isEmpty();

            Files.writeString(file, "{\"zoo\": [\"" + TEXT + "\"], \"museum\": 3}");
            secrets.look();
            assertThat(secrets.of(new TenantId("museum"))).as("unreadable").hasSize(1);

            Files.writeString(file, "{\"zoo\": [\"" + TEXT + "\", \"" + TEXT + "\"]}");
            secrets.look();
            assertThat(secrets.of(new TenantId("museum"))).isEmpty();
            assertThat(secrets.of(new TenantId("zoo"))).hasSize(2);
        }
    }

    @Test
    void a_file_that_is_wrong_is_refused_without_telling_what_is_in_it(@TempDir Path directory)
            throws IOException {
        Path file = directory.resolve("secrets.json");
        for (String wrong :
                List.of(
                        "[]",
                        "null",
                        "{\"a\": []}",
                        "{\"a\": [null]}",
                        "{\"a b\": [\"x\"]}",
                        "{\"a\": [\"hush\"]}")) {
            Files.writeString(file, wrong);

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new WatchedSecrets(file))
                    .withMessageContaining(file.toString())
                    .withMessageNotContaining("hush");
        }
    }
}

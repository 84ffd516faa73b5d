package io.flexir.scheduler.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretTest {
    @Test
    void a_secret_prints_as_stars() {
        assertThat(new Secret("hunter2")).hasToString("***");
    }

    @Test
    void only_the_same_text_matches() {
        Secret secret = new Secret("hunter2");

        assertThat(secret.matches("hunter2")).isTrue();
        assertThat(secret.matches("hunter")).isFalse();
        assertThat(secret.matches("")).isFalse();
    }
}

package io.flexir.ops.local.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

class KnownKeysTest {
    private static final URI STACK = URI.create("http://127.0.0.1:8080");
    private static final ApiKey KEY = new ApiKey("open-sesame");

    @TempDir private Path home;

    @Test
    void the_key_of_a_stack_is_found_while_it_is_up_and_by_nobody_else() throws Exception {
        Path directory = home.resolve("keys");
        KnownKeys keys = new KnownKeys(directory);

        AutoCloseable kept = keys.keep(STACK, KEY);

        assertThat(keys.find(STACK)).contains(KEY);
        assertThat(keys.find(URI.create("http://localhost:8080/"))).contains(KEY);
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(Stream.concat(Stream.of(directory), files))
                    .extracting(
                            file ->
                                    PosixFilePermissions.toString(
                                            Files.getPosixFilePermissions(file)))
                    .isEqualTo(List.of("rwx------", "rw-------"));
        }
        kept.close();
        assertThat(keys.find(STACK)).isEmpty();
    }

    @Test
    void it_is_told_to_no_other_address() {
        KnownKeys keys = new KnownKeys(home);
        var _ = keys.keep(STACK, KEY);

        assertThat(
                        Stream.of(
                                "http://127.0.0.1:8081",
                                "http://flexir.example:8080",
                                "http://127.0.0.1.example:8080",
                                "http://127.0.0.1:8080@flexir.example"))
                .allSatisfy(other -> assertThat(keys.find(URI.create(other))).isEmpty());
    }

    @Test
    void a_stack_that_came_up_at_the_same_address_keeps_its_own() throws Exception {
        KnownKeys keys = new KnownKeys(home);
        AutoCloseable first = keys.keep(STACK, KEY);
        var _ = keys.keep(STACK, new ApiKey("another"));

        first.close();

        assertThat(keys.find(STACK)).contains(new ApiKey("another"));
    }
}

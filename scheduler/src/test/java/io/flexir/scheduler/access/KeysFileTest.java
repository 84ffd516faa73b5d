package io.flexir.scheduler.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.flexir.contracts.request.TenantId;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

@Timeout(30)
class KeysFileTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final NewKey KEY =
            NewKey.of(new TenantId("museum"), Set.of(Scope.READ), Instant.EPOCH);
    private static final String HEADER = "Bearer " + KEY.text();

    @TempDir private Path directory;

    @Test
    void keys_are_read_as_they_were_written_and_no_key_is_in_the_file() throws IOException {
        KeysFile file = new KeysFile(directory.resolve("keys.json"));

        file.write(KeyRing.EMPTY.with(KEY.kept()));

        assertThat(file.read().identify(HEADER))
                .contains(new Principal(new TenantId("museum"), Set.of(Scope.READ)));
        assertThat(Files.readString(file.path()))
                .doesNotContain(KEY.text(), KEY.text().substring(KEY.text().length() - 64));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-------");
        assertThat(KEY.toString()).doesNotContain(KEY.text());
    }

    @Test
    void a_file_that_is_written_again_can_be_read_by_whoever_could_read_it() throws IOException {
        KeysFile file = new KeysFile(directory.resolve("keys.json"));
        file.write(KeyRing.EMPTY.with(KEY.kept()));
        Files.setPosixFilePermissions(file.path(), PosixFilePermissions.fromString("rw-r-----"));
        Object group = Files.getAttribute(file.path(), "posix:group");

        file.write(KeyRing.EMPTY);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.path())))
                .isEqualTo("rw-r-----");
        assertThat(Files.getAttribute(file.path(), "posix:group")).isEqualTo(group);
    }

    @Test
    void a_revoked_key_opens_nothing_within_moments_and_a_broken_file_changes_nothing()
            throws IOException {
        KeysFile file = new KeysFile(directory.resolve("keys.json"));
        NewKey second = NewKey.of(new TenantId("museum"), Set.of(Scope.READ), Instant.EPOCH);
        file.write(new KeyRing(List.of(KEY.kept(), second.kept())));
        try (WatchedKeys keys = new WatchedKeys(file)) {
            Files.writeString(file.path(), "{\"keys\": [");
            keys.look();
            assertThat(keys.identify(HEADER)).isPresent();

            file.write(file(second));

            await().atMost(PATIENCE).until(() -> keys.identify(HEADER).isEmpty());
            assertThat(keys.identify("Bearer " + second.text())).isPresent();
        }
    }

    @Test
    void a_file_that_says_what_it_must_not_is_refused_with_what() throws IOException {
        Path path = directory.resolve("keys.json");
        Files.writeString(
                path, "{\"keys\":[{\"id\":\"a\",\"tenant\":\"t\",\"scopes\":[\"all\"]}]}");

        assertThatExceptionOfType(InvalidKeysException.class)
                .isThrownBy(() -> new KeysFile(path).read())
                .withMessageContaining(path.toString())
                .withMessageContaining("scopes");
        assertThatExceptionOfType(InvalidKeysException.class)
                .isThrownBy(() -> new KeysFile(directory.resolve("none")).read())
                .withMessageContaining("is not there");
    }

    private static KeyRing file(NewKey key) {
        return new KeyRing(List.of(key.kept()));
    }
}

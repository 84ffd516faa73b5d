package io.flexir.ops.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.wire.Topics;
import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.store.Credentials;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

@Timeout(120)
class InfrastructureTest {

    private static final List<String> POOLS = List.of("cpu");

    @Test
    void has_topics_and_bucket_and_keeps_credentials_with_its_directory(@TempDir Path directory)
            throws Exception {
        Credentials first;
        try (var stack = Infrastructure.start(DataDirectory.kept(directory), POOLS);
                var admin = stack.broker().admin()) {
            first = stack.store().credentials();
            assertThat(admin.listTopics().names().get())
                    .contains(Topics.REQUESTS, Topics.work("cpu"));
        }

        try (var stack = Infrastructure.start(DataDirectory.kept(directory), POOLS)) {
            assertThat(stack.store().credentials()).isEqualTo(first);
        }
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(
                                        directory.resolve("store-credentials"))))
                .isEqualTo("rw-------");
    }

    @Test
    void leaves_nothing_of_a_temporary_directory() {
        DataDirectory directory = DataDirectory.temporary();

        Infrastructure.start(directory, POOLS).close();

        assertThat(directory.path()).doesNotExist();
    }
}

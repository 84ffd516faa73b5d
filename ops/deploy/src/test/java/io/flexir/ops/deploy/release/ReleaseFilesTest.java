package io.flexir.ops.deploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.ops.deploy.tool.Tool;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;

class ReleaseFilesTest {
    private static final Instant TIME = Instant.parse("2025-01-01T00:00:00Z");

    @TempDir private Path directory;

    @Test
    void an_archive_is_the_same_to_the_byte_whoever_writes_it_and_when() throws IOException {
        Path one = tree("one", Instant.EPOCH, "rw-r--r--", "a", "b");
        Path other = tree("other", Instant.now(), "rw-rw-r--", "b", "a");

        Path first = archive(one, "first.tar.gz");
        Path second = archive(other, "second.tar.gz");

        assertThat(first).hasSameBinaryContentAs(second);
        assertThat(Tool.run(directory, List.of("tar", "-tzf", first.toString())))
                .contains("flexir-1.0/files/a", "flexir-1.0/files/b");
    }

    @Test
    void sums_are_such_as_sha256sum_checks() throws IOException {
        Files.writeString(directory.resolve("b"), "two");
        Files.writeString(directory.resolve("a"), "one");

        Checksums.write(directory);

        assertThat(Tool.run(directory, List.of("sha256sum", "-c", Checksums.FILE)))
                .isEqualTo("a: OK\nb: OK\n");
    }

    @Test
    void the_changelog_names_the_version_before_and_a_line_a_commit() {
        assertThat(new Changelog("1.1", "v1.0", List.of("Newer", "Older")).text())
                .isEqualTo("# 1.1\n\nSince v1.0:\n\n- Newer\n- Older\n");
        assertThat(new Changelog("1.0", "", List.of("First")).text()).contains("Everything so far");
    }

    private Path tree(String name, Instant time, String permissions, String... files)
            throws IOException {
        Path root = Files.createDirectories(directory.resolve(name).resolve("files"));
        for (String each : files) {
            Path file = Files.writeString(root.resolve(each), each);
            Files.setLastModifiedTime(file, FileTime.from(time));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        }
        return root.getParent();
    }

    private Path archive(Path from, String name) {
        Path archive = directory.resolve(name);
        Tool.run(
                directory,
                ReproducibleTar.command(from, List.of("files"), "s,^,flexir-1.0/,", TIME, archive));
        return archive;
    }
}

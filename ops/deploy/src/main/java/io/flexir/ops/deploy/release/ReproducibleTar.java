package io.flexir.ops.deploy.release;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A compressed archive that has the same bytes whenever and by whomever it is written (GNU tar).
 */
final class ReproducibleTar {
    private ReproducibleTar() {}

    /**
     * The command that writes it.
     *
     * @param transform what GNU tar is to make of names, such as {@code s,^,flexir-1.0/,}
     * @param names of files and directories in the directory
     */
    static List<String> command(
            Path directory, List<String> names, String transform, Instant time, Path archive) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "tar",
                                "--create",
                                "--file=" + archive,
                                "--use-compress-program=gzip -n -9",
                                "--sort=name",
                                "--format=ustar",
                                "--owner=0",
                                "--group=0",
                                "--numeric-owner",
                                "--mode=u=rwX,go=rX",
                                "--mtime=@" + time.getEpochSecond(),
                                "--transform=" + transform,
                                "--directory=" + directory));
        command.addAll(names);
        return command;
    }
}

package io.flexir.ops.deploy.tool;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A program of the machine that builds. */
public final class Tool {
    private Tool() {}

    /**
     * Runs it to its end and returns what it printed.
     *
     * @param directory that it works in
     * @throws CannotBuildException when it is missing or fails
     */
    public static String run(Path directory, List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command)
                            .directory(directory.toFile())
                            .redirectErrorStream(true)
                            .start();
            process.getOutputStream().close();
            String printed =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                throw new CannotBuildException(
                        String.join(" ", command) + " ended with " + code + ":\n" + printed);
            }
            return printed;
        } catch (IOException missing) {
            throw new CannotBuildException(
                    "cannot run " + command.getFirst() + ": is it installed?", missing);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }
}

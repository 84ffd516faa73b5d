package io.flexir.ops.deploy.image;

import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.ops.deploy.tool.Tool;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A process in a container of runc, which Docker and Kubernetes start theirs with: the image's root
 * read-only, only {@code /tmp} to write to, the image's user, no capability, no new privileges. It
 * shares the machine's network.
 */
final class Container implements AutoCloseable {
    private static final String RUNC = "runc";
    private static final JsonMapper JSON = new JsonMapper();

    private final String id;
    private final Process process;
    private final Path log;

    private Container(String id, Process process, Path log) {
        this.id = id;
        this.process = process;
        this.log = log;
    }

    /** Whether this machine has runc and this user may use it. */
    static boolean possible() {
        try {
            return "root".equals(System.getProperty("user.name"))
                    && new ProcessBuilder(RUNC, "--version").start().waitFor() == 0;
        } catch (IOException missing) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * @param settings environment variables beside the image's
     * @param arguments after the image's entry point
     */
    static Container start(
            String id,
            UnpackedImage image,
            Map<String, String> settings,
            List<String> arguments,
            Path bundle)
            throws IOException {
        List<String> command = new ArrayList<>(image.entryPoint());
        command.addAll(arguments);
        Map<String, String> environment = new LinkedHashMap<>(image.environment());
        environment.putAll(settings);
        Files.createDirectories(bundle);
        JSON.writeValue(
                bundle.resolve("config.json").toFile(), specification(image, command, environment));
        Path log = bundle.resolve("log");
        Process process =
                new ProcessBuilder(RUNC, "run", "--bundle", bundle.toString(), id)
                        .redirectErrorStream(true)
                        .redirectOutput(Redirect.to(log.toFile()))
                        .start();
        return new Container(id, process, log);
    }

    private static Map<String, Object> specification(
            UnpackedImage image, List<String> command, Map<String, String> environment) {
        String[] user = image.user().split(":", 2);
        List<String> variables = new ArrayList<>();
        environment.forEach((name, value) -> variables.add(name + "=" + value));
        return Map.of(
                "ociVersion",
                "1.0.2",
                "root",
                Map.of("path", image.root().toString(), "readonly", true),
                "process",
                Map.of(
                        "terminal",
                        false,
                        "cwd",
                        "/tmp",
                        "args",
                        command,
                        "env",
                        variables,
                        "noNewPrivileges",
                        true,
                        "user",
                        Map.of(
                                "uid", Integer.parseInt(user[0]),
                                "gid", Integer.parseInt(user[1]))),
                "mounts",
                List.of(
                        mount("/proc", "proc", "proc", List.of()),
                        mount("/sys", "sysfs", "sysfs", List.of("nosuid", "noexec", "nodev", "ro")),
                        mount("/dev", "tmpfs", "tmpfs", List.of("nosuid", "mode=755")),
                        mount("/tmp", "tmpfs", "tmpfs", List.of("nosuid", "nodev", "mode=1777"))),
                "linux",
                Map.of(
                        "namespaces",
                        List.of(
                                Map.of("type", "pid"),
                                Map.of("type", "ipc"),
                                Map.of("type", "uts"),
                                Map.of("type", "mount"))));
    }

    private static Map<String, Object> mount(
            String to, String type, String source, List<String> options) {
        return Map.of("destination", to, "type", type, "source", source, "options", options);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    /** The process on this machine that is the container's first. */
    long pid() throws IOException {
        return JSON.readTree(Tool.run(log.getParent(), List.of(RUNC, "state", id)))
                .path("pid")
                .asLong();
    }

    /** Runs a command in it and returns its exit code. */
    int run(List<String> command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(RUNC, "exec", id));
        words.addAll(command);
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(Redirect.appendTo(log.toFile()))
                .start()
                .waitFor();
    }

    /** As an engine stops it; returns its exit code. */
    int stop(Duration patience) throws InterruptedException {
        Tool.run(log.getParent(), List.of(RUNC, "kill", id, "TERM"));
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError(id + " did not stop within " + patience);
        }
        return process.exitValue();
    }

    int awaitEnd(Duration patience) throws InterruptedException {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError(id + " did not end within " + patience);
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            Tool.run(log.getParent(), List.of(RUNC, "kill", id, "KILL"));
        }
    }
}

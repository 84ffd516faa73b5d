package io.flexir.ops.deploy.image;

import io.flexir.ops.deploy.tool.CannotBuildException;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process of an image's files and Java, outside of a container, that notes what it loads. */
final class StagedProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final ImageKind kind;
    private final Process process;
    private final Path log;

    private StagedProcess(ImageKind kind, Process process, Path log) {
        this.kind = kind;
        this.process = process;
        this.log = log;
    }

    /**
     * @param classes gets the names of what it loads, beside which it logs
     */
    static StagedProcess start(
            ImageTree tree, ImageKind kind, Map<String, String> settings, Path classes)
            throws IOException {
        Path log = classes.resolveSibling(kind.title() + ".log");
        List<String> command = new ArrayList<>();
        command.add(tree.at(ImageTree.JAVA + "/bin/java").toString());
        command.add("-XX:DumpLoadedClassList=" + classes);
        command.addAll(
                JavaArguments.options(
                        tree.at(ImageTree.NATIVE).toString(),
                        tree.at(ImageTree.LOGGING).toString()));
        command.add("-cp");
        command.add(
                String.join(
                        ":",
                        JavaArguments.classPath(tree).stream()
                                .map(path -> tree.at(path).toString())
                                .toList()));
        command.add(kind.mainClass());
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("FLEXIR_"));
        builder.environment().putAll(kind.environment());
        builder.environment().putAll(settings);
        builder.redirectErrorStream(true).redirectOutput(Redirect.to(log.toFile()));
        return new StagedProcess(kind, builder.start(), log);
    }

    /**
     * @param port of metrics and health
     * @throws CannotBuildException when it ends, or two minutes pass
     */
    void awaitReady(int port) throws IOException {
        HttpRequest ask =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/health/ready"))
                        .timeout(PATIENCE)
                        .build();
        long end = System.nanoTime() + PATIENCE.toNanos();
        try (HttpClient client = HttpClient.newHttpClient()) {
            while (!isReady(client, ask)) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    throw new CannotBuildException(
                            "the " + kind.title() + " did not start:\n" + Files.readString(log));
                }
                TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static boolean isReady(HttpClient client, HttpRequest ask) throws InterruptedException {
        try {
            return client.send(ask, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** As an engine stops a container; it writes down what it loaded while it ends. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

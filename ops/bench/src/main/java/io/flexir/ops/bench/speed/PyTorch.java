package io.flexir.ops.bench.speed;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.flexir.ops.local.CannotStart;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A Python process that times the same bundles in PyTorch, one request at a time, and waits in
 * between. Not thread-safe.
 */
public final class PyTorch implements AutoCloseable {

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int PRODUCT_SIDE = 1536;
    private static final double PRODUCT_SECONDS = 0.3;
    private static final int LINES_KEPT = 5;
    private static final long END_SECONDS = 5;

    private final Process process;
    private final BufferedWriter requests;
    private final BufferedReader answers;
    private final Deque<String> complaints = new ArrayDeque<>();
    private final Thread listener;

    private PyTorch(Process process) {
        this.process = process;
        this.requests = process.outputWriter();
        this.answers = process.inputReader();
        this.listener = Thread.ofVirtual().start(this::listen);
    }

    /**
     * Starts Python.
     *
     * @param python the interpreter, of an environment with the packages of {@code ops/model}
     * @param scripts the directory {@code ops/model}
     * @param device as PyTorch names it: {@code cpu}, {@code cuda:0}
     * @throws CannotStart if there is no such interpreter
     */
    public static PyTorch start(Path python, Path scripts, int threads, String device) {
        if (!Files.isExecutable(python)) {
            throw new CannotStart(
                    "there is no Python at "
                            + python
                            + ": make it with "
                            + scripts.resolve("run-tests")
                            + " --setup-only, or name another one with --python");
        }
        ProcessBuilder builder =
                new ProcessBuilder(
                                python.toAbsolutePath().toString(),
                                "-m",
                                "flexir_model",
                                "bench",
                                "--device",
                                device,
                                "--threads",
                                Integer.toString(threads))
                        .directory(scripts.toFile());
        try {
            return new PyTorch(builder.start());
        } catch (IOException e) {
            throw new CannotStart("Python does not start: " + e.getMessage(), e);
        }
    }

    private void listen() {
        process.errorReader().lines().forEach(this::complained);
    }

    private void complained(String line) {
        synchronized (complaints) {
            complaints.addLast(line);
            if (complaints.size() > LINES_KEPT) {
                complaints.removeFirst();
            }
        }
    }

    /** Seconds of one image, the mean of as many as fill {@code fill} seconds. */
    public double seconds(Point point, Attention attention, double fill) {
        return ask(Map.of(
                        "restore",
                        absolute(point.directory()),
                        "size",
                        point.size(),
                        "pointer",
                        point.pointer(),
                        "attention",
                        attention.label(),
                        "seconds",
                        fill))
                .path("seconds")
                .asDouble();
    }

    /** Times a large matrix product with every library at hand; the fastest of them. */
    public Product product() {
        JsonNode answer = ask(Map.of("product", PRODUCT_SIDE, "seconds", PRODUCT_SECONDS));
        return answer.properties().stream()
                .map(entry -> new Product(entry.getKey(), entry.getValue().asDouble()))
                .max((a, b) -> Double.compare(a.gigaMacsPerSecond(), b.gigaMacsPerSecond()))
                .orElseThrow();
    }

    /** Writes the graphs that run to a point's pointer as one graph, image to restored. */
    public void fuse(Point point, Path into) {
        ask(
                Map.of(
                        "fuse",
                        absolute(point.directory()),
                        "pointer",
                        point.pointer(),
                        "into",
                        absolute(into)));
    }

    private static String absolute(Path path) {
        return path.toAbsolutePath().toString();
    }

    private JsonNode ask(Map<String, Object> request) {
        try {
            ObjectNode line = MAPPER.valueToTree(request);
            requests.write(MAPPER.writeValueAsString(line));
            requests.newLine();
            requests.flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new CannotStart("Python has ended: " + lastWords());
            }
            JsonNode node = MAPPER.readTree(answer);
            if (node.has("problem")) {
                throw new CannotStart(
                        "PyTorch cannot be measured: " + node.path("problem").asText());
            }
            return node;
        } catch (IOException e) {
            throw new CannotStart("Python has ended: " + lastWords(), e);
        }
    }

    private List<String> lastWords() {
        try {
            listener.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        synchronized (complaints) {
            return List.copyOf(complaints);
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}

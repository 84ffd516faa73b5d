package io.flexir.ops.bench.speed;

import io.flexir.ops.local.CannotStart;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * PyTorch as it is used for throughput: one process with all threads and, to compare with images
 * side by side in the engine, a process for each of them with its share of the threads. Not
 * thread-safe.
 */
public final class PyTorches implements AutoCloseable {

    private final Map<Way.Processes, List<PyTorch>> processes = new EnumMap<>(Way.Processes.class);

    private final String device;

    private PyTorches(String device) {
        this.device = device;
    }

    /**
     * Starts Python.
     *
     * @param python the interpreter, of an environment with the packages of {@code ops/model}
     * @param scripts the directory {@code ops/model}
     * @param threads in all
     * @param atOnce images that the engine restores side by side
     * @param device as PyTorch names it: {@code cpu}, {@code cuda:0}
     * @throws io.flexir.ops.local.CannotStart if there is no such interpreter
     */
    public static PyTorches start(
            Path python, Path scripts, int threads, int atOnce, String device) {
        PyTorches started = new PyTorches(device);
        try {
            started.add(Way.Processes.ONE, 1, python, scripts, threads);
            if (atOnce > 1) {
                int each = Math.max(1, threads / atOnce);
                started.add(Way.Processes.SIDE_BY_SIDE, atOnce, python, scripts, each);
            }
            return started;
        } catch (RuntimeException failed) {
            started.close();
            throw failed;
        }
    }

    private void add(Way.Processes kind, int count, Path python, Path scripts, int threads) {
        List<PyTorch> of = new ArrayList<>();
        processes.put(kind, of);
        for (int i = 0; i < count; i++) {
            of.add(PyTorch.start(python, scripts, threads, device));
        }
    }

    /** All that can be measured. */
    List<Way> ways() {
        List<Way> ways = new ArrayList<>();
        for (Way.Processes kind : processes.keySet()) {
            for (Attention attention : Attention.values()) {
                ways.add(new Way(attention, kind));
            }
        }
        return ways;
    }

    /** The one with all threads. */
    PyTorch one() {
        return of(Way.Processes.ONE).getFirst();
    }

    /** Wall seconds by number of images, of as many as fill {@code fill} seconds. */
    double seconds(Point point, Way way, double fill) {
        List<CompletableFuture<Double>> answers =
                of(way.processes()).stream()
                        .map(
                                process ->
                                        CompletableFuture.supplyAsync(
                                                () ->
                                                        process.seconds(
                                                                point, way.attention(), fill)))
                        .toList();
        return 1 / answers.stream().mapToDouble(answer -> 1 / secondsOf(answer)).sum();
    }

    private static double secondsOf(CompletableFuture<Double> answer) {
        try {
            return answer.join();
        } catch (CompletionException failed) {
            throw failed.getCause() instanceof CannotStart told ? told : failed;
        }
    }

    private List<PyTorch> of(Way.Processes kind) {
        return processes.getOrDefault(kind, List.of());
    }

    @Override
    public void close() {
        processes.values().forEach(of -> of.forEach(PyTorch::close));
    }
}

package io.flexir.ops.bench.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntSupplier;

/** The same work on several threads at once. */
final class SideBySide {

    private static final double GIGA = 1e9;

    private SideBySide() {}

    /**
     * Wall seconds by number of images.
     *
     * @param images restores some and tells how many; called on so many threads
     * @throws CancellationException when one of them was cancelled
     */
    static double seconds(int threads, IntSupplier images) {
        long began = System.nanoTime();
        int done = threads == 1 ? images.getAsInt() : run(threads, images);
        return (System.nanoTime() - began) / GIGA / done;
    }

    private static int run(int threads, IntSupplier images) {
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<Integer>> runs = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                runs.add(executor.submit(images::getAsInt));
            }
            int done = 0;
            for (Future<Integer> run : runs) {
                done += run.get();
            }
            return done;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }
}

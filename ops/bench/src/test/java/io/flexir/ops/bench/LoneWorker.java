package io.flexir.ops.bench;

import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.Ports;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.stack.LocalStack;
import io.flexir.ops.local.stack.StackSettings;
import io.flexir.ops.local.stack.Workforce;
import io.flexir.scheduler.bundles.Bundle;
import io.flexir.scheduler.bundles.BundleCatalog;

import java.nio.file.Path;

/** A whole fleet with one worker of one thread in this process, and the shipped denoiser. */
public final class LoneWorker implements AutoCloseable {
    public static final Path SAMPLES = Path.of("..", "samples");

    private static final Path MODELS = Path.of("..", "models");

    public final BundleCatalog catalog = BundleCatalog.read(MODELS);
    public final Bundle bundle = catalog.find("denoise-color-25-s").orElseThrow();
    public final FleetClient client;

    private final LocalStack stack;

    public LoneWorker(Path log) {
        stack =
                LocalStack.start(
                        new StackSettings(
                                DataDirectory.temporary(),
                                log,
                                Ports.ANY,
                                1,
                                new Workforce.InProcess(1, 1, 1),
                                MODELS,
                                StackSettings.FULL_DEPTH));
        client = stack.connect();
    }

    @Override
    public void close() {
        client.close();
        stack.close();
    }
}

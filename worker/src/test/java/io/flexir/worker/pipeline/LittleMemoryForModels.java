package io.flexir.worker.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;

import io.flexir.worker.restore.LittleMemory;
import io.flexir.worker.restore.bundle.Bundle;
import io.flexir.worker.restore.bundle.BundleReader;
import io.flexir.worker.restore.bundle.BundleReading;
import io.flexir.worker.restore.memory.MemoryExhaustedException;
import io.flexir.worker.restore.model.Acquisition;
import io.flexir.worker.restore.model.ModelSessions;
import io.flexir.worker.restore.model.RuntimeSettings;

import java.io.IOException;
import java.nio.file.Path;

/** A process that loads a model which needs more memory than the system was told to give it. */
final class LittleMemoryForModels {
    private static final long MORE_BYTES = 384L << 20;

    private LittleMemoryForModels() {}

    /**
     * @param arguments a directory to put the model into
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Path.of(arguments[0]);
        Path root = directory.resolve("models");
        var _ = ChangedModel.in(root, LittleMemoryForModels::enlarge);
        ModelSessions sessions = new ModelSessions(new RuntimeSettings(1, 1, false, 1));
        Models models = new Models(root, ChangedModel.emptyCache(directory), sessions, 1);
        load(sessions, ChangedModel.SHIPPED);
        LittleMemory.forbidMore(MORE_BYTES);
        try {
            load(sessions, root.resolve("changed"));
        } catch (MemoryExhaustedException expected) {
            System.out.println(expected.getMessage());
        }
        models.preload();
        System.out.println("went on");
        System.exit(0);
    }

    /** It is tried out on a tile of 1024 x 1024 pixels, and the result would have 805 MB. */
    private static void enlarge(ObjectNode manifest) {
        manifest.put("scale", 8).put("window", 64).put("unshuffle", 16).put("grid", 1024);
        manifest.putObject("region").put("size", 2048).put("halo", 1024);
        manifest.remove("payoffTable");
    }

    private static void load(ModelSessions sessions, Path directory) {
        Bundle bundle =
                switch (new BundleReader().read(directory)) {
                    case BundleReading.Accepted(Bundle whole) -> whole;
                    case BundleReading.Refused(String reason) -> throw new AssertionError(reason);
                };
        switch (sessions.acquire(bundle)) {
            case Acquisition.Ready(var lease) -> lease.close();
            case Acquisition.Refused(String reason) -> throw new AssertionError(reason);
        }
    }
}

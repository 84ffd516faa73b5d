package io.flexir.ops.deploy.image;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.request.Depth;
import io.flexir.ops.deploy.tool.CannotBuildException;
import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.Ports;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.client.Submission;
import io.flexir.ops.local.stack.FleetConfigs;
import io.flexir.ops.local.stack.Infrastructure;
import io.flexir.ops.local.stack.ProcessSettings;
import io.flexir.scheduler.config.ScalingConfig;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * One photo restored by a scheduler and a worker out of the trees of their images, so that it is
 * known which classes their starts need. Broker and store are the local stack's.
 */
final class Rehearsal {
    private final ImageTree scheduler;
    private final ImageTree worker;
    private final Path photo;

    /**
     * @param photo an image file
     */
    Rehearsal(ImageTree scheduler, ImageTree worker, Path photo) {
        this.scheduler = scheduler;
        this.worker = worker;
        this.photo = photo;
    }

    /** What each of the two loaded, in files of the given directory. */
    record Loaded(Path scheduler, Path worker) {}

    /**
     * @param directory for class lists and what the processes print
     * @throws CannotBuildException when the photo is not restored
     */
    Loaded run(Path directory) throws IOException {
        Loaded loaded =
                new Loaded(
                        directory.resolve("scheduler.classes"),
                        directory.resolve("worker.classes"));
        int port = Ports.choose(Ports.ANY, "rehearsal");
        int schedulerHealth = Ports.choose(Ports.ANY, "rehearsal");
        int workerHealth = Ports.choose(Ports.ANY, "rehearsal");
        try (Infrastructure infrastructure =
                Infrastructure.start(DataDirectory.temporary(), List.of(FleetConfigs.POOL))) {
            ProcessSettings settings =
                    new ProcessSettings(infrastructure.connections(), worker.at(ImageTree.MODELS));
            StagedProcess scheduling =
                    StagedProcess.start(
                            scheduler,
                            ImageKind.SCHEDULER,
                            settings.scheduler(
                                    port,
                                    schedulerHealth,
                                    new BudgetPolicy.Fixed(1),
                                    ScalingConfig.DEFAULT),
                            loaded.scheduler());
            var workerSettings = new java.util.HashMap<>(settings.worker("rehearsal", 0));
            workerSettings.put("FLEXIR_MANAGEMENT_PORT", Integer.toString(workerHealth));
            StagedProcess working =
                    StagedProcess.start(
                            worker, ImageKind.WORKER_CPU, workerSettings, loaded.worker());
            try (scheduling;
                    working;
                    FleetClient client =
                            new FleetClient(
                                    URI.create("http://127.0.0.1:" + port),
                                    Optional.of(infrastructure.key()))) {
                scheduling.awaitReady(schedulerHealth);
                working.awaitReady(workerHealth);
                restore(client);
            }
        }
        return loaded;
    }

    private void restore(FleetClient client) throws IOException {
        var job =
                client.submit(
                        Submission.of(
                                client.input(Files.readAllBytes(photo)), null, new Depth.Fixed(1)));
        var ended = client.follow(job.id(), changed -> {});
        if (client.result(ended.id()).length == 0) {
            throw new CannotBuildException("the rehearsal's photo came back empty");
        }
    }
}

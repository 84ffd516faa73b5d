package io.flexir.ops.local.demo;

import io.flexir.contracts.request.Depth;
import io.flexir.ops.local.CannotStart;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.client.Job;
import io.flexir.ops.local.client.Model;
import io.flexir.ops.local.client.Submission;
import io.flexir.ops.local.quality.ImageFiles;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Sends noisy photos through a fleet, fetches the restored ones and writes down what came of each.
 */
public final class Demo {

    private final FleetClient fleet;
    private final DemoSettings settings;

    /**
     * @param fleet a scheduler with at least one worker; stays the caller's to close
     */
    public Demo(FleetClient fleet, DemoSettings settings) {
        this.fleet = fleet;
        this.settings = settings;
    }

    /**
     * Blocks until every job has ended and every file is written.
     *
     * @param board told how the jobs stand, from several threads
     */
    public DemoReport run(JobBoard board) {
        Model model = model();
        Depth depth = settings.depth().orElseGet(() -> new Depth.Fixed(model.n()));
        List<Photo> photos = Photo.all(settings.samples(), settings.noise());
        long startedNanos = System.nanoTime();
        List<DemoRow> rows = restoreAll(photos, depth, board);
        Duration wall = Duration.ofNanos(System.nanoTime() - startedNanos);
        DemoReport report = DemoReport.of(settings, model, depth, rows, wall, Instant.now());
        write(settings.out().resolve(DemoReport.FILE), report.toJson());
        return report;
    }

    private Model model() {
        List<Model> models = fleet.models();
        return models.stream()
                .filter(each -> each.name().equals(settings.model()))
                .findFirst()
                .orElseThrow(
                        () ->
                                new CannotStart(
                                        "there is no model "
                                                + settings.model()
                                                + ", only "
                                                + models.stream().map(Model::name).toList()
                                                + ": name one of them by --model"));
    }

    /**
     * One virtual thread a photo: each waits for its own job, and the first failure ends the demo.
     */
    private List<DemoRow> restoreAll(List<Photo> photos, Depth depth, JobBoard board) {
        board.expect(photos.size());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<DemoRow>> waiting =
                    photos.stream()
                            .map(photo -> threads.submit(() -> restore(photo, depth, board)))
                            .toList();
            List<DemoRow> rows = new ArrayList<>();
            for (Future<DemoRow> row : waiting) {
                rows.add(Waiting.forResult(row));
            }
            return rows;
        }
    }

    private DemoRow restore(Photo photo, Depth depth, JobBoard board) throws IOException {
        byte[] noisyPng = ImageFiles.encodePng(photo.noisy());
        Path noisyFile = settings.out().resolve(photo.name() + "-noisy.png");
        write(noisyFile, noisyPng);
        Job submitted = fleet.submit(Submission.of(fleet.input(noisyPng), settings.model(), depth));
        board.changed(photo.name(), submitted);
        Job ended = fleet.follow(submitted.id(), job -> board.changed(photo.name(), job));
        if (!ended.succeeded()) {
            return DemoRow.notRestored(photo, noisyFile, ended);
        }
        byte[] restoredPng = fleet.result(ended.id());
        Path restoredFile = settings.out().resolve(photo.name() + "-restored.png");
        write(restoredFile, restoredPng);
        return DemoRow.restored(
                photo, noisyFile, restoredFile, ImageFiles.decode(restoredPng), ended);
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}

package io.flexir.ops.local.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexir.contracts.fleet.WorkerHeartbeat;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.request.OutputFormat;
import io.flexir.contracts.work.Receipt;
import io.flexir.contracts.work.WorkerReport;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What a worker's memory comes to, as the kernel counts it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(600)
@Isolated("measures memory")
class LargePhotoTest {
    private static final long MIB = 1 << 20;
    private static final OutputFormat JPEG = new OutputFormat(OutputFormat.Container.JPEG, 92);

    private static final List<String> SMALL_HEAP = List.of("-Xmx128m", "-XX:+UseSerialGC");

    private final TestFleet fleet = new TestFleet();

    @TempDir private Path logs;

    @AfterAll
    void stop() {
        fleet.close();
    }

    @Test
    void a_heap_that_holds_the_samples_and_no_floats_is_enough() throws IOException {
        try (Forked worker = fork("heap", SMALL_HEAP)) {
            Receipt receipt = restored("seven", "heap", 3000, 2400, OutputFormat.PNG);

            // 62 MiB of samples and file; as floats the picture alone would take 82.
            assertThat(receipt.outputSize().pixels()).isEqualTo(3000L * 2400);
            assertThat(worker.process().isAlive()).isTrue();
        }
    }

    @Test
    @Tag("full")
    void restores_fifty_megapixels_within_a_gibibyte_over_the_idle_process() throws IOException {
        try (Forked worker = fork("fifty", List.of("-Xmx1g"))) {
            long idle = worker.bytes("VmRSS:");

            Receipt png = restored("fifty-png", "fifty", 8660, 5773, OutputFormat.PNG);
            long withPng = worker.bytes("VmHWM:") - idle;
            Receipt jpeg = restored("fifty-jpeg", "fifty", 8660, 5773, JPEG);
            long withJpeg = worker.bytes("VmHWM:") - idle;

            System.out.printf(
                    "idle %d MiB; PNG: %d MiB more, %s; then JPEG: %d MiB more, %s%n",
                    idle / MIB, withPng / MIB, png.seconds(), withJpeg / MIB, jpeg.seconds());
            assertThat(withJpeg).isLessThan(1024 * MIB);
        }
    }

    private Receipt restored(String job, String pool, int width, int height, OutputFormat format) {
        ObjectReference input = fleet.upload("in/" + job + ".jpg", BigPhoto.jpeg(width, height));
        fleet.send(Orders.writing(format, Orders.order(job, pool, input, 1)));
        WorkerReport report = fleet.report(job);
        assertThat(report).isInstanceOf(WorkerReport.Restored.class);
        return ((WorkerReport.Restored) report).receipt();
    }

    private Forked fork(String pool, List<String> heap) {
        fleet.createPool(pool, Duration.ofSeconds(15));
        Forked worker =
                new Forked(
                        ForkedWorker.start(
                                ForkedWorker.environment(
                                        pool,
                                        pool,
                                        fleet.broker.bootstrapServers(),
                                        fleet.storeServer,
                                        TestFleet.MODELS),
                                logs.resolve(pool + ".log"),
                                heap));
        fleet.heartbeat(
                beat ->
                        beat.workerId().equals(pool)
                                && beat.state() == WorkerHeartbeat.State.READY);
        return worker;
    }

    private record Forked(Process process) implements AutoCloseable {
        /** A line of the kernel's account of the process. */
        long bytes(String line) throws IOException {
            return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status"))
                    .stream()
                    .filter(status -> status.startsWith(line))
                    .mapToLong(status -> 1024 * Long.parseLong(status.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public void close() {
            process.destroyForcibly();
            await().atMost(TestFleet.PATIENCE).until(() -> !process.isAlive());
        }
    }
}

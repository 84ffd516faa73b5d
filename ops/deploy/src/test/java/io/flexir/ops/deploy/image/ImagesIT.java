package io.flexir.ops.deploy.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.request.Depth;
import io.flexir.ops.deploy.probe.Probe;
import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.Ports;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.client.Job;
import io.flexir.ops.local.client.Submission;
import io.flexir.ops.local.stack.FleetConfigs;
import io.flexir.ops.local.stack.Infrastructure;
import io.flexir.ops.local.stack.ProcessSettings;
import io.flexir.scheduler.config.ScalingConfig;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import javax.imageio.ImageIO;

/** The images that were built, run as an engine runs them. */
@Tag("images")
class ImagesIT {
    private static final Path PHOTO = Path.of("..", "samples", "dog.png");
    private static final Path IMAGES =
            Path.of(System.getProperty("flexir.images.directory", "target/images"))
                    .toAbsolutePath();
    private static final String VERSION = System.getProperty("flexir.version");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String JAVA = "/opt/java/bin/java";
    private static final String ARGUMENTS = "@/app/conf/java.args";

    @TempDir private Path directory;

    @BeforeAll
    static void needs_runc() {
        boolean possible = Container.possible();
        if (Boolean.getBoolean("flexir.ci")) {
            assertThat(possible)
                    .as("runc is installed (Debian: apt-get install runc), and this is root")
                    .isTrue();
        }
        assumeTrue(possible, "runc is missing (Debian: apt-get install runc), or this is not root");
    }

    @Test
    void scheduler_and_worker_restore_a_photo_without_rights_on_a_file_system_they_cannot_write()
            throws Exception {
        UnpackedImage scheduler = unpacked(ImageKind.SCHEDULER);
        UnpackedImage worker = unpacked(ImageKind.WORKER_CPU);
        int port = Ports.choose(Ports.ANY, "scheduler");
        int schedulerHealth = Ports.choose(Ports.ANY, "scheduler");
        int workerHealth = Ports.choose(Ports.ANY, "worker");
        try (Infrastructure infrastructure =
                Infrastructure.start(DataDirectory.temporary(), List.of(FleetConfigs.POOL))) {
            ProcessSettings settings =
                    new ProcessSettings(infrastructure.connections(), Path.of(ImageTree.MODELS));
            Map<String, String> working = new HashMap<>(settings.worker("contained", 0));
            working.put("FLEXIR_MANAGEMENT_PORT", Integer.toString(workerHealth));
            try (Container one =
                            start(
                                    ImageKind.SCHEDULER,
                                    scheduler,
                                    settings.scheduler(
                                            port,
                                            schedulerHealth,
                                            new BudgetPolicy.Fixed(2),
                                            ScalingConfig.DEFAULT));
                    Container other = start(ImageKind.WORKER_CPU, worker, working);
                    FleetClient client =
                            new FleetClient(
                                    URI.create("http://127.0.0.1:" + port),
                                    Optional.of(infrastructure.key()))) {
                awaitReady(one, schedulerHealth);
                awaitReady(other, workerHealth);

                byte[] photo = Files.readAllBytes(PHOTO);
                Job job =
                        client.submit(
                                Submission.of(
                                        client.input(photo),
                                        "denoise-color-25-s",
                                        new Depth.Fixed(2)));
                client.follow(job.id(), changed -> {});

                assertThat(ImageIO.read(new ByteArrayInputStream(client.result(job.id()))))
                        .isNotNull()
                        .extracting(java.awt.image.BufferedImage::getWidth)
                        .isEqualTo(ImageIO.read(PHOTO.toFile()).getWidth());
                assertThat(List.of(one, other)).allSatisfy(ImagesIT::isWithoutRights);
                assertThat(ranOutOfItsArchive(one)).isTrue();
                assertThat(ranOutOfItsArchive(other)).isTrue();
                assertThat(one.run(probe(schedulerHealth, "ready"))).isZero();
                assertThat(other.run(probe(workerHealth, "live"))).isZero();
                assertThat(other.run(probe(workerHealth, "nowhere"))).isEqualTo(1);
                assertThat(other.stop(PATIENCE)).as(other.log()).isZero();
                assertThat(one.stop(PATIENCE)).as(one.log()).isIn(0, 143);
            }
        }
    }

    @Test
    void the_command_line_runs_out_of_its_image() throws Exception {
        UnpackedImage ops = unpacked(ImageKind.OPS);

        try (Container container =
                Container.start(
                        "flexir-ops-" + ProcessHandle.current().pid(),
                        ops,
                        Map.of(),
                        List.of("--version"),
                        directory.resolve("ops-bundle"))) {
            assertThat(container.awaitEnd(PATIENCE)).as(container.log()).isZero();
            assertThat(container.log()).contains(VERSION);
        }
    }

    @Test
    void an_upgrade_of_our_code_pulls_less_than_two_megabytes() throws Exception {
        for (ImageKind kind : List.of(ImageKind.SCHEDULER, ImageKind.WORKER_CPU)) {
            List<Long> layers = List.copyOf(unpacked(kind).layers().values());

            assertThat(layers).hasSize(ImageLayer.values().length);
            System.out.println(kind.title() + ", bytes by layer: " + layers);
            assertThat(layers.getLast()).isLessThan(2_000_000L);
        }
    }

    @Test
    void there_is_no_shell_and_nobody_owns_a_file_but_root() throws Exception {
        UnpackedImage image = unpacked(ImageKind.WORKER_CPU);

        try (Stream<Path> files = Files.walk(image.root())) {
            assertThat(files)
                    .allSatisfy(
                            file -> {
                                assertThat(file.getFileName().toString())
                                        .isNotIn("sh", "bash", "dash", "busybox", "apt-get");
                                assertThat(Files.getAttribute(file, "unix:uid")).isEqualTo(0);
                            });
        }
    }

    private UnpackedImage unpacked(ImageKind kind) throws IOException {
        Path tar = IMAGES.resolve("flexir-" + kind.title() + "-" + VERSION + ".tar");
        assertThat(tar).as("built by -Pimages").exists();
        return UnpackedImage.of(tar, directory.resolve(kind.title()));
    }

    private Container start(ImageKind kind, UnpackedImage image, Map<String, String> settings)
            throws IOException {
        return Container.start(
                "flexir-" + kind.title() + "-" + ProcessHandle.current().pid(),
                image,
                settings,
                List.of(),
                directory.resolve(kind.title() + "-bundle"));
    }

    private static void awaitReady(Container container, int port) {
        URI health = URI.create("http://127.0.0.1:" + port + "/health/ready");
        await().atMost(PATIENCE)
                .until(
                        () -> {
                            assertThat(container.isAlive()).as(container.log()).isTrue();
                            return Probe.isWell(health);
                        });
    }

    private static void isWithoutRights(Container container) throws IOException {
        String status =
                Files.readString(Path.of("/proc", Long.toString(container.pid()), "status"));
        assertThat(status)
                .contains("Uid:\t65532\t65532\t65532\t65532")
                .containsPattern("CapEff:\\s+0+\n")
                .containsPattern("NoNewPrivs:\\s+1");
        assertThat(Path.of("/proc", Long.toString(container.pid()), "mounts"))
                .content()
                .containsPattern("(?m)^\\S+ / \\S+ ro[, ]");
    }

    /** Whether the archive of classes is among what the process has mapped. */
    private static boolean ranOutOfItsArchive(Container container) throws IOException {
        return Files.readString(Path.of("/proc", Long.toString(container.pid()), "maps"))
                .contains(ImageTree.ARCHIVE);
    }

    private static List<String> probe(int port, String path) {
        return List.of(
                JAVA,
                ARGUMENTS,
                "-Xmx32m",
                Probe.class.getName(),
                "http://127.0.0.1:" + port + "/health/" + path);
    }
}

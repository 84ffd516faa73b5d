package io.flexir.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flexir.worker.config.DeviceChoice;
import io.flexir.worker.config.ImageSettings;
import io.flexir.worker.config.Timing;
import io.flexir.worker.config.WorkerConfig;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;
import picocli.CommandLine.Command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

class WorkerOptionsTest {
    @Test
    void needs_nothing_but_the_secret() {
        WorkerConfig config = parse("--s3-secret-key=swordfish");

        assertThat(config.pool()).isEqualTo("auto");
        assertThat(config.inPoolOf("cuda").pool()).isEqualTo("cuda");
        assertThat(config.compute().device()).isEqualTo(new DeviceChoice.Auto());
        assertThat(config.images()).isEqualTo(ImageSettings.DEFAULT);
        assertThat(config.workerId()).endsWith("-" + ProcessHandle.current().pid());
        assertThat(config.compute().slots()).isEqualTo(1);
        assertThat(config.compute().threads())
                .isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(config.timing()).isEqualTo(Timing.DEFAULT);
        assertThat(config.management().port()).isEqualTo(9465);
    }

    @Test
    void hands_properties_to_kafka_clients_and_prints_their_names_alone() {
        WorkerConfig config =
                parse(
                        "--s3-secret-key=swordfish",
                        "--kafka-property=security.protocol=SSL",
                        "--kafka-property=ssl.keystore.password=trout");

        assertThat(config.kafka().clientProperties())
                .containsEntry("security.protocol", "SSL")
                .containsEntry("ssl.keystore.password", "trout");
        assertThat(config.toString()).doesNotContain("trout").doesNotContain("swordfish");
    }

    @Test
    void refuses_a_wrong_value_by_name() {
        assertThatThrownBy(() -> parse("--s3-secret-key=x", "--slots=0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("slots must be between 1 and 64, is 0");
    }

    @Test
    void reads_the_number_of_a_gpu_and_refuses_what_is_no_device() {
        assertThat(parse("--s3-secret-key=x", "--device=cuda:2", "--pool=fast").compute().device())
                .isEqualTo(new DeviceChoice.Cuda(2));
        assertThatThrownBy(() -> parse("--s3-secret-key=x", "--device=gpu"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("device must be auto, cpu, cuda or cuda:N, is gpu");
    }

    @Test
    void refuses_to_start_without_the_secret() {
        assertThatThrownBy(() -> parse())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--s3-secret-key or --s3-secret-key-file must be given");
    }

    @Test
    void reads_secrets_from_files_and_never_prints_them(@TempDir Path directory)
            throws IOException {
        Path secret = Files.writeString(directory.resolve("secret"), "planted-swordfish\n");
        Path kafka =
                Files.writeString(
                        directory.resolve("client.properties"),
                        "security.protocol=SASL_SSL\nsasl.jaas.config=planted-pike;\n");

        WorkerConfig config =
                parse(
                        "--s3-secret-key-file=" + secret,
                        "--kafka-config=" + kafka,
                        "--kafka-property=security.protocol=SSL");

        assertThat(config.store().secretKey().reveal()).isEqualTo("planted-swordfish");
        assertThat(config.kafka().clientProperties())
                .containsEntry("security.protocol", "SSL")
                .containsEntry("sasl.jaas.config", "planted-pike;");
        assertThat(config.toString()).doesNotContain("planted").contains("***");
    }

    @Test
    void refuses_a_secret_in_two_ways_and_files_that_cannot_be_read(@TempDir Path directory)
            throws IOException {
        Path empty = Files.createFile(directory.resolve("empty"));

        assertThatThrownBy(() -> parse("--s3-secret-key=a", "--s3-secret-key-file=" + empty))
                .hasMessageContaining("must not both be given");
        assertThatThrownBy(() -> parse("--s3-secret-key-file=" + empty))
                .hasMessageContaining("is empty");
        assertThatThrownBy(() -> parse("--s3-secret-key-file=" + directory))
                .hasMessageContaining("cannot be read");
        assertThatThrownBy(() -> parse("--s3-secret-key=a", "--kafka-config=" + directory))
                .hasMessageContaining("cannot be read");
    }

    private static WorkerConfig parse(String... arguments) {
        Holder holder = new Holder();
        new CommandLine(holder).parseArgs(arguments);
        return holder.options.toConfig();
    }

    @Command
    private static final class Holder {
        @CommandLine.Mixin private WorkerOptions options;
    }
}

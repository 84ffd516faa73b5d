package io.flexir.ops.bench.chaos.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.ops.local.Ports;
import io.flexir.ops.local.process.ChildProcess;
import io.flexir.ops.local.process.Role;
import io.flexir.ops.local.process.StoreNode;
import io.flexir.ops.local.store.Credentials;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;

@Timeout(60)
class NodeTest {
    private static final Duration SHORT = Duration.ofMillis(50);

    @TempDir private Path directory;
    private Node node;

    @BeforeEach
    void start() {
        int port = Ports.choose(Ports.ANY, "store");
        node =
                new Node(
                        "store",
                        directory.resolve("clock"),
                        () ->
                                ChildProcess.start(
                                        Role.STORE,
                                        StoreNode.environment(
                                                directory, port, Credentials.generate()),
                                        directory.resolve("log")));
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void what_is_not_there_cannot_be_paused_or_slowed_down_and_says_so() {
        assertThat(node.pause(SHORT)).isTrue();

        node.kill();

        assertThat(node.pause(SHORT)).isFalse();
        assertThat(node.slow(SHORT)).isFalse();
    }

    @Test
    void it_remembers_when_it_was_made_to_end_but_not_that_it_was_dead_already() {
        node.kill();
        node.kill();
        assertThat(node.ends()).hasSize(1);

        node.startAgain();
        node.terminate(Duration.ofSeconds(30));

        assertThat(node.ends()).hasSize(2).isSorted();
    }
}

package io.flexir.scheduler.activation;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.bundle.Task;
import io.flexir.contracts.control.ControlRecord.ActivateBundle;
import io.flexir.contracts.fleet.Device;
import io.flexir.contracts.fleet.WorkerHeartbeat;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.scheduler.bundles.BundleCatalog;
import io.flexir.scheduler.bundles.Manifests;

import org.junit.jupiter.api.Test;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

class ActivationBookTest {
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final String MODEL = "denoise";
    private static final String OLD = Manifests.digest(MODEL);

    private final Map<String, byte[]> bucket = new HashMap<>();
    private final List<WorkerHeartbeat> ready = new ArrayList<>();
    private Runnable whileRead = () -> {};
    private final BundleCatalog catalog =
            BundleCatalog.of(List.of(Manifests.bundle(MODEL, 6))).with(this::read);
    private final ActivationBook book = new ActivationBook(catalog, () -> ready);
    private final String next = put(MODEL, "2.0.0", 6, new Task.Denoise(25, 25));

    @Test
    void the_old_version_stays_until_half_of_the_workers_hold_the_new() {
        workers("cpu", 1, 3);
        book.put(activation(next, OLD, 0.5));

        book.look();
        assertThat(inForce()).isEqualTo(OLD);
        assertThat(book.find(MODEL).orElseThrow().inForce()).isFalse();

        workers("cpu", 2, 2);
        book.look();
        assertThat(inForce()).isEqualTo(next);
        assertThat(book.find(MODEL).orElseThrow().inForce()).isTrue();
    }

    @Test
    void once_in_force_it_stays_although_its_holders_leave() {
        workers("cpu", 1, 0);
        book.put(activation(next, OLD, 0.5));
        book.look();

        workers("cpu", 0, 3);
        book.look();

        assertThat(inForce()).isEqualTo(next);
    }

    @Test
    void every_pool_must_hold_it_and_one_worker_at_least() {
        book.put(activation(next, OLD, 0.01));
        book.look();
        assertThat(inForce()).isEqualTo(OLD);

        workers("cpu", 3, 0);
        addWorkers("cuda", 0, 5);
        book.look();
        assertThat(inForce()).isEqualTo(OLD);

        addWorkers("cuda", 1, 0);
        book.look();
        assertThat(inForce()).isEqualTo(next);
    }

    @Test
    void all_are_all() {
        workers("cpu", 9, 1);
        book.put(activation(next, OLD, 1.0));
        book.look();
        assertThat(inForce()).isEqualTo(OLD);

        workers("cpu", 10, 0);
        book.look();
        assertThat(inForce()).isEqualTo(next);
    }

    @Test
    void after_a_restart_orders_name_what_they_named_before() {
        String third = put(MODEL, "3.0.0", 6, new Task.Denoise(25, 25));
        workers("cpu", 0, 2);
        book.put(activation(third, next, 0.5));

        book.look();

        assertThat(inForce()).isEqualTo(next);
    }

    @Test
    void after_a_restart_orders_name_what_was_in_force_whoever_holds_it() {
        workers("cpu", 0, 2);
        book.put(activation(next, OLD, 0.5).inForce(NOW));

        book.lookFirst();

        assertThat(inForce()).isEqualTo(next);
        assertThat(book.find(MODEL).orElseThrow().asked().previous()).isEqualTo(OLD);
    }

    @Test
    void what_came_into_force_is_to_be_recorded_once() {
        workers("cpu", 1, 2);
        book.put(activation(next, OLD, 0.5));
        book.look();
        assertThat(book.unrecorded(NOW)).isEmpty();

        workers("cpu", 2, 1);
        book.look();
        ActivateBundle record = activation(next, OLD, 0.5).inForce(NOW);
        assertThat(book.unrecorded(NOW)).containsExactly(record);
        book.put(record);

        assertThat(book.unrecorded(NOW)).isEmpty();
    }

    @Test
    void that_a_version_came_into_force_does_not_take_back_what_was_asked_for_since() {
        String third = put(MODEL, "3.0.0", 6, new Task.Denoise(25, 25));
        ActivateBundle later = new ActivateBundle(MODEL, third, next, 0.5, NOW.plusSeconds(1));
        book.put(later);

        book.put(activation(next, OLD, 0.5).inForce(NOW.plusSeconds(2)));

        assertThat(book.find(MODEL).orElseThrow().asked()).isEqualTo(later);
        assertThat(book.unrecorded(NOW)).containsExactly(later);
        book.put(later);
        assertThat(book.unrecorded(NOW)).isEmpty();
    }

    @Test
    void only_the_first_look_is_waited_for() {
        workers("cpu", 2, 0);
        book.lookFirst();
        book.put(activation(next, OLD, 0.5));

        book.lookFirst();

        assertThat(inForce()).isEqualTo(OLD);
    }

    @Test
    void while_the_bucket_is_away_the_old_version_stays_and_the_problem_is_told() {
        byte[] manifest = bucket.remove(next);
        workers("cpu", 2, 0);
        book.put(activation(next, OLD, 0.5));
        book.look();

        assertThat(inForce()).isEqualTo(OLD);
        assertThat(book.find(MODEL).orElseThrow().problem())
                .contains("no bundle with digest " + next);

        bucket.put(next, manifest);
        book.look();
        assertThat(inForce()).isEqualTo(next);
        assertThat(book.find(MODEL).orElseThrow().problem()).isNull();
    }

    @Test
    void a_version_that_jobs_could_not_be_done_with_is_never_in_force() {
        workers("cpu", 2, 0);
        for (String unlike :
                List.of(
                        put("another", "2.0.0", 6, new Task.Denoise(25, 25)),
                        put(MODEL, "2.0.0", 4, new Task.Denoise(25, 25)),
                        put(MODEL, "2.0.0", 6, new Task.Jpeg(10, 40)))) {
            workers("cpu", 0, 0);
            ready.add(worker("cpu", "all", List.of(unlike)));
            book.put(activation(unlike, OLD, 0.5));
            book.look();

            assertThat(inForce()).isEqualTo(OLD);
            assertThat(book.find(MODEL).orElseThrow().problem()).isNotNull();
        }
    }

    @Test
    void taken_back_the_version_of_the_directory_is_in_force() {
        workers("cpu", 2, 0);
        book.put(activation(next, OLD, 0.5));
        book.look();

        book.remove(MODEL);

        assertThat(inForce()).isEqualTo(OLD);
        assertThat(book.find(MODEL)).isEmpty();
    }

    @Test
    void one_that_is_taken_back_while_it_is_fetched_is_never_in_force() {
        workers("cpu", 2, 0);
        book.put(activation(next, OLD, 0.5));
        whileRead = () -> book.remove(MODEL);

        book.look();

        assertThat(inForce()).isEqualTo(OLD);
        assertThat(book.find(MODEL)).isEmpty();
    }

    @Test
    void one_that_is_replaced_while_it_is_fetched_is_never_in_force() {
        String third = put(MODEL, "3.0.0", 6, new Task.Denoise(25, 25));
        workers("cpu", 2, 0);
        book.put(activation(next, OLD, 0.5));
        whileRead = () -> book.put(activation(third, OLD, 0.5));

        book.look();

        assertThat(inForce()).isEqualTo(OLD);
        assertThat(book.find(MODEL).orElseThrow().asked().digest()).isEqualTo(third);
    }

    private Optional<byte[]> read(String digest) {
        whileRead.run();
        return Optional.ofNullable(bucket.get(digest));
    }

    private String inForce() {
        return catalog.find(MODEL).orElseThrow().digest();
    }

    private static ActivateBundle activation(String digest, String previous, double share) {
        return new ActivateBundle(MODEL, digest, previous, share, NOW);
    }

    private void workers(String pool, int holders, int others) {
        ready.clear();
        addWorkers(pool, holders, others);
    }

    private void addWorkers(String pool, int holders, int others) {
        for (int i = 0; i < holders; i++) {
            ready.add(worker(pool, "holder-" + i, List.of(OLD, next)));
        }
        for (int i = 0; i < others; i++) {
            ready.add(worker(pool, "other-" + i, List.of(OLD)));
        }
    }

    private static WorkerHeartbeat worker(String pool, String id, List<String> bundles) {
        return new WorkerHeartbeat(
                pool + "-" + id,
                pool,
                new Device(pool, "test", 1),
                WorkerHeartbeat.State.READY,
                1,
                1,
                List.of(),
                bundles,
                List.of(),
                NOW,
                NOW);
    }

    private String put(String name, String version, int n, Task task) {
        try {
            var manifest = Manifests.manifest(name, n, task);
            var json = MessageCodec.newMapper().valueToTree(manifest);
            ((com.fasterxml.jackson.databind.node.ObjectNode) json).put("version", version);
            byte[] bytes = MessageCodec.newMapper().writeValueAsBytes(json);
            String digest =
                    HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
            bucket.put(digest, bytes);
            return digest;
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
    }
}

package io.flexir.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.request.OutputFormat;
import io.flexir.contracts.work.Receipt;
import io.flexir.worker.metrics.WorkerMetrics;
import io.flexir.worker.storage.ObjectStore.Existing;
import io.flexir.worker.storage.ReceiptStore;
import io.flexir.worker.storage.ResultLocation;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

class CommitStepsTest {
    private static final ResultLocation LOCATION =
            new ResultLocation("flexir", Jobs.TENANT, Jobs.ID);

    private static final ObjectReference EARLIER = Jobs.INPUT.pinnedTo(null, "earlier");
    private static final ObjectReference LATER = Jobs.INPUT.pinnedTo(null, "later");

    private final ScriptedStore store = new ScriptedStore();
    private final ReceiptStore receipts = new ReceiptStore(store);
    private final CommitSteps commit =
            new CommitSteps(
                    receipts,
                    new OutageHold(
                            Duration.ofNanos(1),
                            Duration.ofMinutes(1),
                            new WorkerMetrics(),
                            () -> 0));

    @Test
    void finds_no_receipt_of_a_job_that_is_not_done() {
        assertThat(commit.find(Jobs.job(), LOCATION)).isEqualTo(Step.done(Optional.empty()));
    }

    @Test
    void finds_the_receipt_that_was_committed() {
        Receipt receipt = Jobs.receipt("w1");

        Step<Receipt> committed = commit.commit(Jobs.job(), LOCATION, receipt);

        assertThat(committed).isEqualTo(Step.done(receipt));
        assertThat(commit.find(Jobs.job(), LOCATION)).isEqualTo(Step.done(Optional.of(receipt)));
        assertThat(store.objects).containsOnlyKeys("results/acme/job-1/receipt.json");
    }

    @Test
    void counts_the_receipt_of_whoever_was_first() {
        commit.commit(Jobs.job(), LOCATION, Jobs.receipt("first"));

        Step<Receipt> second = commit.commit(Jobs.job(), LOCATION, Jobs.receipt("second"));

        assertThat(second).isEqualTo(Step.done(Jobs.receipt("first")));
        assertThat(commit.find(Jobs.job(), LOCATION))
                .isEqualTo(Step.done(Optional.of(Jobs.receipt("first"))));
    }

    @Test
    void replaces_what_is_no_receipt() {
        store.objects.put(LOCATION.receipt().key(), "{\"half\":".getBytes(StandardCharsets.UTF_8));

        Step<Receipt> committed = commit.commit(Jobs.job(), LOCATION, Jobs.receipt("w1"));

        assertThat(committed).isEqualTo(Step.done(Jobs.receipt("w1")));
        assertThat(commit.find(Jobs.job(), LOCATION))
                .isEqualTo(Step.done(Optional.of(Jobs.receipt("w1"))));
    }

    @Test
    void waits_for_the_store_to_take_the_receipt() {
        store.outages = 3;

        Step<Receipt> committed = commit.commit(Jobs.job(), LOCATION, Jobs.receipt("w1"));

        assertThat(committed).isEqualTo(Step.done(Jobs.receipt("w1")));
        assertThat(store.objects).hasSize(1);
    }

    @Test
    void counts_the_receipt_of_the_image_that_the_job_names_and_of_no_other() {
        ObjectReference unpinned = Jobs.INPUT;
        ObjectReference pinned = unpinned.pinnedTo("v1", "e1");

        assertThat(counts(pinned, pinned)).isTrue();
        assertThat(counts(unpinned.pinnedTo(null, "e1"), pinned)).isTrue();
        assertThat(counts(pinned, unpinned)).isTrue();
        assertThat(counts(unpinned.pinnedTo("v1", "e2"), pinned)).isFalse();
        assertThat(counts(unpinned.pinnedTo("v2", "e1"), pinned)).isFalse();
        assertThat(counts(ObjectReference.latest("photos", "other.png"), pinned)).isFalse();
        assertThat(counts(ObjectReference.latest("others", "in.png"), pinned)).isFalse();
    }

    private boolean counts(ObjectReference read, ObjectReference asked) {
        Receipt receipt = Jobs.receipt("w1", read);
        store.objects.clear();
        commit.commit(Jobs.job(read), LOCATION, receipt);

        return commit.find(Jobs.job(asked), LOCATION).equals(Step.done(Optional.of(receipt)));
    }

    @Test
    void of_several_workers_the_first_replaces_the_receipt_of_another_image() {
        commit.commit(Jobs.job(EARLIER), LOCATION, Jobs.receipt("earlier", EARLIER));

        Step<Receipt> first = commit.commit(Jobs.job(LATER), LOCATION, later("first"));
        Step<Receipt> second = commit.commit(Jobs.job(LATER), LOCATION, later("second"));

        assertThat(first).isEqualTo(Step.done(later("first")));
        assertThat(second).isEqualTo(Step.done(later("first")));
        assertThat(commit.find(Jobs.job(LATER), LOCATION))
                .isEqualTo(Step.done(Optional.of(later("first"))));
    }

    @Test
    void a_worker_that_comes_late_to_replace_it_reports_the_one_that_did() {
        commit.commit(Jobs.job(EARLIER), LOCATION, Jobs.receipt("earlier", EARLIER));
        store.meanwhile = () -> receipts.commit(LOCATION, later("first"), Existing.REPLACE);

        Step<Receipt> late = commit.commit(Jobs.job(LATER), LOCATION, later("late"));

        assertThat(late).isEqualTo(Step.done(later("first")));
        assertThat(commit.find(Jobs.job(LATER), LOCATION))
                .isEqualTo(Step.done(Optional.of(later("first"))));
    }

    @Test
    void what_was_to_be_replaced_and_is_gone_holds_nobody_up() {
        commit.commit(Jobs.job(EARLIER), LOCATION, Jobs.receipt("earlier", EARLIER));
        store.meanwhile = store.objects::clear;

        Step<Receipt> committed = commit.commit(Jobs.job(LATER), LOCATION, later("w1"));

        assertThat(committed).isEqualTo(Step.done(later("w1")));
        assertThat(store.objects).hasSize(1);
    }

    @Test
    void replaces_the_receipt_of_an_earlier_request_for_the_same_image() {
        Job earlier = Jobs.job(OutputFormat.PNG, "b".repeat(64));
        Job later = Jobs.job(OutputFormat.PNG, "c".repeat(64));
        Receipt receipt = Jobs.receipt("denoise", "image/png", "c".repeat(64));
        commit.commit(earlier, LOCATION, Jobs.receipt("denoise", "image/png", "b".repeat(64)));

        assertThat(commit.find(later, LOCATION)).isEqualTo(Step.done(Optional.empty()));
        assertThat(commit.commit(later, LOCATION, receipt)).isEqualTo(Step.done(receipt));
        assertThat(commit.find(later, LOCATION)).isEqualTo(Step.done(Optional.of(receipt)));
    }

    private static Receipt later(String workerId) {
        return Jobs.receipt(workerId, LATER);
    }
}

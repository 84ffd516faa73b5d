package io.flexir.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.work.Receipt;
import io.flexir.worker.metrics.WorkerMetrics;
import io.flexir.worker.storage.ReceiptStore;
import io.flexir.worker.storage.ResultLocation;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

class CommitStepsTest {
    private static final ResultLocation LOCATION =
            new ResultLocation("flexir", Jobs.TENANT, Jobs.ID);

    private final ScriptedStore store = new ScriptedStore();
    private final CommitSteps commit =
            new CommitSteps(
                    new ReceiptStore(store),
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
}

package io.flexir.worker.pipeline;

import io.flexir.contracts.work.Failure;
import io.flexir.contracts.work.Receipt;
import io.flexir.worker.storage.ObjectStore.Existing;
import io.flexir.worker.storage.ReceiptLookup;
import io.flexir.worker.storage.ReceiptStore;
import io.flexir.worker.storage.ResultLocation;
import io.flexir.worker.storage.StoreOutcome;

import java.util.Optional;

/**
 * The receipt as commit marker: looked for before anything is done, written after everything is.
 */
final class CommitSteps {
    private final ReceiptStore receipts;
    private final OutageHold hold;

    CommitSteps(ReceiptStore receipts, OutageHold hold) {
        this.receipts = receipts;
        this.hold = hold;
    }

    /** The receipt of a job that is committed already; empty when it still has to be done. */
    Step<Optional<Receipt>> find(Job job, ResultLocation location) {
        return hold.ask(job, () -> receipts.find(location), CommitSteps::outage)
                .then(
                        found ->
                                Step.done(
                                        found instanceof ReceiptLookup.Committed(Receipt receipt)
                                                ? Optional.of(receipt)
                                                : Optional.empty()));
    }

    private static Optional<String> outage(ReceiptLookup found) {
        return found instanceof ReceiptLookup.Unavailable(String detail)
                ? Optional.of(detail)
                : Optional.empty();
    }

    /** Commits the job, and gives the receipt that counts: that of whoever was first. */
    Step<Receipt> commit(Job job, ResultLocation location, Receipt mine) {
        return write(job, location, mine, Existing.KEEP)
                .then(written -> written ? Step.done(mine) : theirs(job, location, mine));
    }

    /** What lies there may be no receipt: then ours takes its place. */
    private Step<Receipt> theirs(Job job, ResultLocation location, Receipt mine) {
        return find(job, location)
                .then(
                        theirs ->
                                theirs.isPresent()
                                        ? Step.done(theirs.get())
                                        : write(job, location, mine, Existing.REPLACE)
                                                .then(written -> Step.done(mine)));
    }

    /** Whether it was written, or something was there that was to be kept. */
    private Step<Boolean> write(
            Job job, ResultLocation location, Receipt receipt, Existing existing) {
        return hold.ask(
                        job,
                        () -> receipts.commit(location, receipt, existing),
                        OutputSteps::outage)
                .then(
                        outcome ->
                                switch (outcome) {
                                    case StoreOutcome.Stored _ -> Step.done(true);
                                    case StoreOutcome.AlreadyThere _ -> Step.done(false);
                                    case StoreOutcome.Refused(String detail) ->
                                            Step.ended(
                                                    JobEnd.failed(
                                                            Failure.Reason.STORAGE,
                                                            "The receipt could not be stored: "
                                                                    + detail));
                                    case StoreOutcome.Unavailable(String detail) ->
                                            throw new IllegalStateException(
                                                    "an outage is no answer: " + detail);
                                });
    }
}

package io.flexir.worker.pipeline;

import io.flexir.contracts.work.Failure;
import io.flexir.contracts.work.Receipt;
import io.flexir.worker.storage.ObjectStore.Existing;
import io.flexir.worker.storage.ReceiptLookup;
import io.flexir.worker.storage.ReceiptStore;
import io.flexir.worker.storage.ResultLocation;
import io.flexir.worker.storage.StoreOutcome;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;
import java.util.function.Supplier;

/**
 * The receipt as commit marker: looked for before anything is done, written after everything is.
 * Receipts outlive what the scheduler remembers of a key's job, so that one of an earlier job may
 * lie there, of another image or request: it commits nothing, and is replaced.
 */
final class CommitSteps {
    private static final Logger LOG = LoggerFactory.getLogger(CommitSteps.class);

    private final ReceiptStore receipts;
    private final OutageHold hold;

    CommitSteps(ReceiptStore receipts, OutageHold hold) {
        this.receipts = receipts;
        this.hold = hold;
    }

    /** The receipt of a job that is committed already; empty when it still has to be done. */
    Step<Optional<Receipt>> find(Job job, ResultLocation location) {
        return look(job, location).then(found -> Step.done(counted(job, found)));
    }

    private static Optional<Receipt> counted(Job job, ReceiptLookup found) {
        return found instanceof ReceiptLookup.Committed(Receipt receipt, String _)
                        && Belonging.isOf(job, receipt)
                ? Optional.of(receipt)
                : Optional.empty();
    }

    private Step<ReceiptLookup> look(Job job, ResultLocation location) {
        return hold.ask(job, () -> receipts.find(location), CommitSteps::outage);
    }

    private static Optional<String> outage(ReceiptLookup found) {
        return found instanceof ReceiptLookup.Unavailable(String detail)
                ? Optional.of(detail)
                : Optional.empty();
    }

    /** Commits the job, and gives the receipt that counts: that of whoever was first. */
    Step<Receipt> commit(Job job, ResultLocation location, Receipt mine) {
        return write(job, () -> receipts.commit(location, mine, Existing.KEEP))
                .then(written -> written ? Step.done(mine) : theirs(job, location, mine));
    }

    /** What lies there may be no receipt, or not this job's: then ours takes its place. */
    private Step<Receipt> theirs(Job job, ResultLocation location, Receipt mine) {
        return look(job, location)
                .then(
                        found ->
                                switch (found) {
                                    case ReceiptLookup.Committed(Receipt theirs, String _)
                                            when Belonging.isOf(job, theirs) ->
                                            Step.done(theirs);
                                    case ReceiptLookup.Committed(Receipt _, String etag)
                                            when !etag.isEmpty() ->
                                            replace(job, location, mine, etag);
                                    case ReceiptLookup.Committed _, ReceiptLookup.Open _ ->
                                            overwrite(job, location, mine);
                                    case ReceiptLookup.Unavailable(String detail) ->
                                            throw new IllegalStateException(
                                                    "an outage is no answer: " + detail);
                                });
    }

    /**
     * Of several workers that find the same receipt of another job one replaces it, and the others
     * report that one's.
     */
    private Step<Receipt> replace(Job job, ResultLocation location, Receipt mine, String etag) {
        LOG.info("event=receipt_of_another_job job={} etag={}", location.jobId(), etag);
        return write(job, () -> receipts.replace(location, mine, etag))
                .then(written -> written ? Step.done(mine) : firstOrMine(job, location, mine));
    }

    /** Tried once more, and not again: a store whose ETags never match must not hold a job. */
    private Step<Receipt> firstOrMine(Job job, ResultLocation location, Receipt mine) {
        return find(job, location)
                .then(
                        theirs ->
                                theirs.isPresent()
                                        ? Step.done(theirs.get())
                                        : overwrite(job, location, mine));
    }

    private Step<Receipt> overwrite(Job job, ResultLocation location, Receipt mine) {
        return write(job, () -> receipts.commit(location, mine, Existing.REPLACE))
                .then(written -> Step.done(mine));
    }

    /** Whether it was written, or something was there that was to be kept. */
    private Step<Boolean> write(Job job, Supplier<StoreOutcome> attempt) {
        return hold.ask(job, attempt, OutputSteps::outage)
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

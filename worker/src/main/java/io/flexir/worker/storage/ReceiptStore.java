package io.flexir.worker.storage;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.contracts.work.Receipt;
import io.flexir.worker.storage.ObjectStore.Existing;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Receipts beside results. A receipt is written after its result and only if there is none yet, or
 * in place of one that is not the job's: whoever writes it first has committed the job, and
 * everybody else reports that one.
 */
public final class ReceiptStore {
    private static final Logger LOG = LoggerFactory.getLogger(ReceiptStore.class);
    private static final long MAX_BYTES = 16L << 20;

    private final ObjectStore store;
    private final JsonMapper json = MessageCodec.newMapper();

    public ReceiptStore(ObjectStore store) {
        this.store = store;
    }

    public ReceiptLookup find(ResultLocation location) {
        return switch (store.fetch(location.receipt(), MAX_BYTES)) {
            case FetchOutcome.Fetched fetched -> parse(location, fetched);
            case FetchOutcome.Missing _, FetchOutcome.Changed _, FetchOutcome.TooLarge _ ->
                    new ReceiptLookup.Open();
            // What S3 answers for a key that is not there, to those who may not list the bucket.
            case FetchOutcome.Denied _ -> new ReceiptLookup.Open();
            case FetchOutcome.Unavailable unavailable ->
                    new ReceiptLookup.Unavailable(unavailable.detail());
        };
    }

    /**
     * A receipt that cannot be read commits nothing: the job is done again, and its receipt
     * replaces this one.
     */
    private ReceiptLookup parse(ResultLocation location, FetchOutcome.Fetched fetched) {
        try {
            Receipt receipt = json.readValue(fetched.bytes(), Receipt.class);
            return new ReceiptLookup.Committed(receipt, fetched.etag());
        } catch (JacksonException unreadable) {
            LOG.warn(
                    "receipt unreadable job={} problem={}",
                    location.jobId(),
                    MessageCodec.explain(unreadable));
            return new ReceiptLookup.Open();
        } catch (IOException impossible) {
            throw new UncheckedIOException("Reading from memory failed", impossible);
        }
    }

    /**
     * Writes the receipt; {@link StoreOutcome.AlreadyThere} when another worker has committed the
     * job before.
     */
    public StoreOutcome commit(ResultLocation location, Receipt receipt, Existing existing) {
        return write(location.receipt(), receipt, existing);
    }

    /**
     * Writes the receipt in place of the one that has this ETag; {@link StoreOutcome.AlreadyThere}
     * when that one is not there any longer.
     */
    public StoreOutcome replace(ResultLocation location, Receipt receipt, String etag) {
        return write(location.receipt().pinnedTo(null, etag), receipt, Existing.PINNED);
    }

    private StoreOutcome write(ObjectReference key, Receipt receipt, Existing existing) {
        try {
            return store.store(key, json.writeValueAsBytes(receipt), "application/json", existing);
        } catch (JacksonException impossible) {
            throw new UncheckedIOException("A receipt could not be written as JSON", impossible);
        }
    }
}

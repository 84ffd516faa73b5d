package io.flexir.scheduler.api.resource;

import io.flexir.contracts.request.BatchId;

/** Where to go from a batch. */
public record BatchLinks(String self, String jobs) {
    /** The batch's own address, relative to the server. */
    public static String self(BatchId id) {
        return "/v1/batches/" + id;
    }

    static BatchLinks of(BatchId id) {
        return new BatchLinks(self(id), "/v1/jobs?batch=" + id);
    }
}

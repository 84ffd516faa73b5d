package io.flexir.worker.storage;

import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.request.TenantId;

/** Where one job's result and receipt lie: under {@code results/<tenant>/<job>/}. */
public record ResultLocation(String bucket, TenantId tenant, JobId jobId) {
    /**
     * @param sha256 digest of the result's bytes: equal results share a key, unequal ones never do
     */
    public ObjectReference result(String sha256, String extension) {
        return at(sha256 + "." + extension);
    }

    public ObjectReference receipt() {
        return at("receipt.json");
    }

    /** Written when an order that came back is begun: see who counts them. */
    public ObjectReference begun(int attempt, int delivery) {
        return at("begun-" + attempt + "-" + delivery);
    }

    private ObjectReference at(String name) {
        return ObjectReference.latest(
                bucket, "results/" + tenant.value() + "/" + jobId.value() + "/" + name);
    }
}

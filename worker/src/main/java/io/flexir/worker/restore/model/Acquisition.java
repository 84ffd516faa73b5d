package io.flexir.worker.restore.model;

/** What came of asking for a model. */
public sealed interface Acquisition {
    /** The model is in memory; close the lease after use. */
    record Ready(ModelLease lease) implements Acquisition {}

    /**
     * Its graphs are not what the manifest says.
     *
     * @param reason one sentence that names the file
     */
    record Refused(String reason) implements Acquisition {}
}

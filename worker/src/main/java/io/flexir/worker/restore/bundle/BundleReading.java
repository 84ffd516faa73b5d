package io.flexir.worker.restore.bundle;

/** What came of reading a bundle. */
public sealed interface BundleReading {
    /** Every file is there and is what the manifest says. */
    record Accepted(Bundle bundle) implements BundleReading {}

    /**
     * The bundle must not be used.
     *
     * @param reason one sentence that names the field or file
     */
    record Refused(String reason) implements BundleReading {}
}

package io.flexir.worker.pipeline;

/** What came of wanting a bundle at hand. */
public sealed interface BundleFetch {
    /** It is here, whole. */
    record Here() implements BundleFetch {}

    /** The store does not answer: worth another try. */
    record Unavailable(String detail) implements BundleFetch {}

    /**
     * It is not there, or is not what its digest says.
     *
     * @param reason one sentence that names the file
     */
    record Refused(String reason) implements BundleFetch {}
}

package io.flexir.scheduler.api.problem;

/** Every kind of refusal. Its {@link #type()} is stable; titles and details may change. */
public enum ProblemKind {
    MALFORMED("malformed", 400, "The request cannot be read"),
    INVALID("invalid", 400, "The request holds what it must not hold"),
    UNAUTHORIZED("unauthorized", 401, "The key is missing or wrong"),
    FORBIDDEN("forbidden", 403, "The key does not allow it"),
    NOT_FOUND("not-found", 404, "There is no such address"),
    UNKNOWN_JOB("unknown-job", 404, "There is no such job"),
    UNKNOWN_BATCH("unknown-batch", 404, "There is no such batch"),
    NO_WEBHOOK("no-webhook", 404, "The job has no webhook"),
    UNKNOWN_EXPERIMENT("unknown-experiment", 404, "There is no such experiment"),
    UNKNOWN_LETTER("unknown-letter", 404, "There is no such dead letter"),
    UNKNOWN_PURGE("unknown-purge", 404, "There is no such purge"),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "The address does not know this method"),
    NOT_FINISHED("not-finished", 409, "The job has not ended yet"),
    NO_RESULT("no-result", 409, "The job ended without a result"),
    ALREADY_ENDED("already-ended", 409, "The job has ended and cannot be cancelled"),
    NOT_FAILED("not-failed", 409, "The job has not failed"),
    EXPERIMENT_RUNNING("experiment-running", 409, "Another experiment is in the way"),
    RESULT_GONE("result-gone", 410, "The result is kept no longer"),
    BODY_TOO_LARGE("body-too-large", 413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "The body must be JSON"),
    UNPROCESSABLE("unprocessable", 422, "The request makes no sense"),
    UNKNOWN_MODEL("unknown-model", 422, "There is no such model"),
    NO_SUITABLE_MODEL("no-suitable-model", 422, "No model may be chosen automatically"),
    INPUT_MISSING("input-missing", 422, "The input does not exist"),
    INPUT_CHANGED("input-changed", 422, "The input is not the one that was meant"),
    INPUT_DENIED("input-denied", 422, "The input may not be read"),
    NOT_REPLAYABLE("not-replayable", 422, "The record would be set aside again"),
    KEY_REUSED("idempotency-key-reused", 422, "The Idempotency-Key belongs to another submission"),
    BACKLOG_FULL("backlog-full", 429, "Too many jobs are waiting"),
    QUOTA_FULL("quota-full", 429, "The tenant has too much waiting"),
    RATE_LIMITED("rate-limited", 429, "The tenant asks too often"),
    BUSY("busy", 503, "The scheduler is busy"),
    UNAVAILABLE("unavailable", 503, "Something the scheduler needs does not answer"),
    INTERNAL("internal", 500, "The scheduler failed");

    private final String slug;
    private final int status;
    private final String title;

    ProblemKind(String slug, int status, String title) {
        this.slug = slug;
        this.status = status;
        this.title = title;
    }

    /** The problem's URI. */
    public String type() {
        return "urn:flexir:problem:" + slug;
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    public String title() {
        return title;
    }
}

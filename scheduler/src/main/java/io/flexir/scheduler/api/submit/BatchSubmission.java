package io.flexir.scheduler.api.submit;

import io.flexir.contracts.check.Require;
import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.OnMiss;
import io.flexir.contracts.request.OutputFormat;
import io.flexir.contracts.request.PriorityClass;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * The body of a submission of many images ({@code BatchSubmission} in the API description): what
 * they are, and what is asked for each of them.
 *
 * @param limit jobs that are made at most; {@link #MAX_JOBS} when left out
 */
public record BatchSubmission(
        BatchInput input,
        @Nullable Integer limit,
        @Nullable String model,
        @Nullable Depth depth,
        @Nullable Instant deadline,
        @Nullable Double deadlineSeconds,
        @Nullable PriorityClass priority,
        @Nullable Integer floor,
        @Nullable Integer target,
        @Nullable OnMiss onMiss,
        @Nullable OutputFormat output,
        @Nullable String webhook) {
    /** What one submission may make. */
    public static final int MAX_JOBS = 1000;

    private static final int MAX_KEY = 1024;

    /**
     * Every object of a bucket whose key begins so.
     *
     * @param startAfter only keys that come after this one
     */
    public record BatchInput(String bucket, String prefix, @Nullable String startAfter) {
        @SuppressWarnings({"ConstantValue", "NullAway"})
        public BatchInput {
            Require.name("bucket", bucket, 63);
            Require.present("prefix", prefix);
            Require.that(prefix.length() <= MAX_KEY, "prefix", "must have at most 1024 characters");
            Require.that(
                    startAfter == null || startAfter.length() <= MAX_KEY,
                    "startAfter",
                    "must have at most 1024 characters");
        }
    }

    public BatchSubmission {
        Require.present("input", input);
        if (limit != null) {
            Require.between("limit", limit, 1, MAX_JOBS);
        }
        // Checks the rest.
        var _ =
                job(
                        input.bucket(),
                        "any",
                        model,
                        depth,
                        deadline,
                        deadlineSeconds,
                        priority,
                        floor,
                        target,
                        onMiss,
                        output,
                        webhook);
    }

    int most() {
        return limit == null ? MAX_JOBS : limit;
    }

    /** What is asked for one of its objects. */
    JobSubmission of(String key) {
        return job(
                input.bucket(),
                key,
                model,
                depth,
                deadline,
                deadlineSeconds,
                priority,
                floor,
                target,
                onMiss,
                output,
                webhook);
    }

    @SuppressWarnings("NullAway")
    private static JobSubmission job(
            String bucket,
            String key,
            @Nullable String model,
            @Nullable Depth depth,
            @Nullable Instant deadline,
            @Nullable Double deadlineSeconds,
            @Nullable PriorityClass priority,
            @Nullable Integer floor,
            @Nullable Integer target,
            @Nullable OnMiss onMiss,
            @Nullable OutputFormat output,
            @Nullable String webhook) {
        return new JobSubmission(
                new SubmittedInput(bucket, key, null, null, null),
                model,
                depth,
                deadline,
                deadlineSeconds,
                priority,
                floor,
                target,
                onMiss,
                output,
                webhook);
    }
}

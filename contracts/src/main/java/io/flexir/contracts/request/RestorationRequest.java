package io.flexir.contracts.request;

import io.flexir.contracts.check.DefaultsTo;
import io.flexir.contracts.check.Require;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * One image to restore: what the HTTP API writes for a client, and what any Kafka producer may
 * write itself.
 *
 * @param jobId key of the record; a second request with the same id is the same job
 * @param tenant whose job it is
 * @param input the image; its version or ETag is pinned at admission
 * @param model name of a bundle, such as {@code denoise-color-25-s}; {@link #AUTOMATIC} when left
 *     out: the worker chooses a model by what it estimates of the image
 * @param depth automatic when left out
 * @param terms {@link Terms#DEFAULT} when left out
 * @param output {@link OutputFormat#PNG} when left out
 * @param imageSize the image's size where the writer knows it: it makes the prediction of cost
 *     exact
 * @param bodyDigest SHA-256 of the submitted body, to tell a repeated submission from another one
 *     with the same key
 * @param submittedAt when the client asked
 * @param retryOf the failed job that this one does over, if it does
 * @param webhook who is told of the job's end, http or https; none for nobody
 * @param traceparent the span that the job's further spans belong under; none where it is not
 *     traced
 * @param batch the batch that it was submitted in, if it was
 */
public record RestorationRequest(
        JobId jobId,
        TenantId tenant,
        ObjectReference input,
        @DefaultsTo("\"auto\"") String model,
        @DefaultsTo("{\"kind\":\"automatic\"}") Depth depth,
        @DefaultsTo("{\"priority\":\"standard\",\"floor\":1,\"onMiss\":\"degrade\"}") Terms terms,
        @DefaultsTo("{\"container\":\"png\",\"quality\":92}") OutputFormat output,
        @Nullable ImageSize imageSize,
        @Nullable String bodyDigest,
        Instant submittedAt,
        @Nullable JobId retryOf,
        @Nullable String webhook,
        @Nullable TraceParent traceparent,
        @Nullable BatchId batch) {
    /** The longest address of a webhook, in characters. */
    public static final int MAX_WEBHOOK = 2048;

    private static final Pattern WEBHOOK = Pattern.compile("https?://[^\\s/@]+(/\\S*)?");

    /** Stands for whichever model suits the image; no bundle may be called so. */
    public static final String AUTOMATIC = "auto";

    /** One that does no other job over. */
    public RestorationRequest(
            JobId jobId,
            TenantId tenant,
            ObjectReference input,
            String model,
            Depth depth,
            Terms terms,
            OutputFormat output,
            @Nullable ImageSize imageSize,
            @Nullable String bodyDigest,
            Instant submittedAt) {
        this(
                jobId,
                tenant,
                input,
                model,
                depth,
                terms,
                output,
                imageSize,
                bodyDigest,
                submittedAt,
                null,
                null,
                null,
                null);
    }

    @SuppressWarnings({"ConstantValue", "NullAway"})
    public RestorationRequest {
        Require.present("jobId", jobId);
        Require.present("tenant", tenant);
        Require.present("input", input);
        model = model == null ? AUTOMATIC : Require.name("model", model, 128);
        depth = depth == null ? new Depth.Automatic() : depth;
        terms = terms == null ? Terms.DEFAULT : terms;
        output = output == null ? OutputFormat.PNG : output;
        if (bodyDigest != null) {
            Require.sha256("bodyDigest", bodyDigest);
        }
        Require.present("submittedAt", submittedAt);
        if (webhook != null) {
            requireWebhook(webhook);
        }
    }

    /**
     * @throws io.flexir.contracts.check.InvalidFieldException when it is no address of a webhook
     */
    public static String requireWebhook(String url) {
        Require.text("webhook", url, MAX_WEBHOOK);
        Require.that(
                WEBHOOK.matcher(url).matches(),
                "webhook",
                "must be an address with http or https, and without a user");
        return url;
    }

    /** The same that tells somebody of its end. */
    public RestorationRequest telling(@Nullable String url) {
        return new RestorationRequest(
                jobId,
                tenant,
                input,
                model,
                depth,
                terms,
                output,
                imageSize,
                bodyDigest,
                submittedAt,
                retryOf,
                url,
                traceparent,
                batch);
    }

    /** The same as part of a batch. */
    public RestorationRequest in(BatchId id) {
        return new RestorationRequest(
                jobId,
                tenant,
                input,
                model,
                depth,
                terms,
                output,
                imageSize,
                bodyDigest,
                submittedAt,
                retryOf,
                webhook,
                traceparent,
                id);
    }

    /** The same as part of a trace, or of none. */
    public RestorationRequest under(@Nullable TraceParent span) {
        return new RestorationRequest(
                jobId,
                tenant,
                input,
                model,
                depth,
                terms,
                output,
                imageSize,
                bodyDigest,
                submittedAt,
                retryOf,
                webhook,
                span,
                batch);
    }

    /**
     * The same once more, for a job that failed, in no trace and no batch. A deadline is as far off
     * as it was.
     *
     * @param id of the new job
     * @param now when it was asked for
     */
    public RestorationRequest retried(JobId id, Instant now) {
        return new RestorationRequest(
                id,
                tenant,
                input,
                model,
                depth,
                terms.movedBy(Duration.between(submittedAt, now)),
                output,
                imageSize,
                null,
                now,
                jobId,
                webhook,
                null,
                null);
    }

    /** Whether the model is chosen by what is estimated of the image. */
    public boolean choosesModel() {
        return model.equals(AUTOMATIC);
    }
}

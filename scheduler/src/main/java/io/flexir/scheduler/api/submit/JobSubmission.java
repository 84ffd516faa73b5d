package io.flexir.scheduler.api.submit;

import io.flexir.contracts.check.Require;
import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.OnMiss;
import io.flexir.contracts.request.OutputFormat;
import io.flexir.contracts.request.PriorityClass;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.request.Terms;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/**
 * The body of a submission ({@code JobSubmission} in the API description).
 *
 * @param model {@link RestorationRequest#AUTOMATIC} when left out
 * @param deadlineSeconds seconds from the submission on; at most one of this and {@code deadline}
 */
public record JobSubmission(
        SubmittedInput input,
        String model,
        Depth depth,
        @Nullable Instant deadline,
        @Nullable Double deadlineSeconds,
        @Nullable PriorityClass priority,
        @Nullable Integer floor,
        @Nullable Integer target,
        @Nullable OnMiss onMiss,
        OutputFormat output,
        @Nullable String webhook) {
    private static final double MAX_DEADLINE_SECONDS = Duration.ofDays(365).toSeconds();

    @SuppressWarnings({"ConstantValue", "NullAway"})
    public JobSubmission {
        Require.present("input", input);
        model = model == null ? RestorationRequest.AUTOMATIC : Require.name("model", model, 128);
        depth = depth == null ? new Depth.Automatic() : depth;
        output = output == null ? OutputFormat.PNG : output;
        Require.that(
                deadline == null || deadlineSeconds == null,
                "deadline",
                "must not come with deadlineSeconds");
        if (deadlineSeconds != null) {
            Require.between("deadlineSeconds", deadlineSeconds, 1e-3, MAX_DEADLINE_SECONDS);
        }
        if (webhook != null) {
            RestorationRequest.requireWebhook(webhook);
        }
        if (floor != null) {
            Require.between("floor", floor, 1, Depth.MAX_POINTER);
        }
        if (target != null) {
            Require.between("target", target, floor == null ? 1 : floor, Depth.MAX_POINTER);
        }
    }

    /** The terms, with a relative deadline counted from the submission. */
    Terms terms(Instant submittedAt) {
        Instant until =
                deadlineSeconds == null
                        ? deadline
                        : submittedAt.plusMillis(Math.round(deadlineSeconds * 1000));
        return new Terms(
                priority == null ? PriorityClass.STANDARD : priority,
                until,
                floor == null ? 1 : floor,
                target,
                onMiss == null ? OnMiss.DEGRADE : onMiss);
    }
}

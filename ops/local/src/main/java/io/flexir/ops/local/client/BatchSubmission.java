package io.flexir.ops.local.client;

import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.OnMiss;
import io.flexir.contracts.request.OutputFormat;
import io.flexir.contracts.request.PriorityClass;

import org.jspecify.annotations.Nullable;

/**
 * What to ask a scheduler for, for every object whose key begins so; null leaves it to the
 * scheduler. What is not said here is as in a {@link Submission}.
 *
 * @param limit objects at most
 */
public record BatchSubmission(
        Input input,
        @Nullable Integer limit,
        @Nullable String model,
        @Nullable Depth depth,
        @Nullable Double deadlineSeconds,
        @Nullable PriorityClass priority,
        @Nullable Integer floor,
        @Nullable Integer target,
        @Nullable OnMiss onMiss,
        @Nullable OutputFormat output,
        @Nullable String webhook) {
    /** The same for all objects that a job would be asked for one. */
    public static BatchSubmission of(Input input, @Nullable Integer limit, Submission each) {
        return new BatchSubmission(
                input,
                limit,
                each.model(),
                each.depth(),
                each.deadlineSeconds(),
                each.priority(),
                each.floor(),
                each.target(),
                each.onMiss(),
                each.output(),
                each.webhook());
    }

    /**
     * Every object of a bucket whose key begins so.
     *
     * @param startAfter only keys that come after this one
     */
    public record Input(String bucket, String prefix, @Nullable String startAfter) {}
}

package io.flexir.ops.local.client;

import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.request.OnMiss;
import io.flexir.contracts.request.OutputFormat;
import io.flexir.contracts.request.PriorityClass;

import org.jspecify.annotations.Nullable;

/**
 * What to ask a scheduler for; null leaves it to the scheduler.
 *
 * @param model name of a bundle
 * @param deadlineSeconds from the moment of submission
 * @param floor the smallest pointer that is good enough
 * @param target the pointer that is deep enough
 * @param webhook who is told of the job's end
 */
public record Submission(
        Input input,
        @Nullable String model,
        @Nullable Depth depth,
        @Nullable Double deadlineSeconds,
        @Nullable PriorityClass priority,
        @Nullable Integer floor,
        @Nullable Integer target,
        @Nullable OnMiss onMiss,
        @Nullable OutputFormat output,
        @Nullable String webhook) {

    /** One that tells nobody of its end. */
    public Submission(
            Input input,
            @Nullable String model,
            @Nullable Depth depth,
            @Nullable Double deadlineSeconds,
            @Nullable PriorityClass priority,
            @Nullable Integer floor,
            @Nullable Integer target,
            @Nullable OnMiss onMiss,
            @Nullable OutputFormat output) {
        this(input, model, depth, deadlineSeconds, priority, floor, target, onMiss, output, null);
    }

    /** An image for a model at a depth, everything else as the scheduler likes. */
    public static Submission of(Input input, @Nullable String model, Depth depth) {
        return new Submission(input, model, depth, null, null, null, null, null, null);
    }

    /**
     * Either the image itself or where it lies in the object store.
     *
     * @param data the file's bytes, written as base64
     */
    public record Input(
            @Nullable String bucket,
            @Nullable String key,
            @Nullable String versionId,
            @Nullable String etag,
            byte @Nullable [] data) {

        /** Where the images are said elsewhere. */
        public static Input none() {
            return new Input(null, null, null, null, null);
        }

        /** The image itself, for files of at most {@link FleetClient#MAX_INLINE_BYTES}. */
        public static Input inline(byte[] file) {
            return new Input(null, null, null, null, file);
        }

        /** An object in the store. */
        public static Input stored(ObjectReference object) {
            return new Input(
                    object.bucket(), object.key(), object.versionId(), object.etag(), null);
        }
    }
}

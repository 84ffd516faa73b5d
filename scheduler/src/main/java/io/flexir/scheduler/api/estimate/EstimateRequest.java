package io.flexir.scheduler.api.estimate;

import io.flexir.contracts.check.Require;
import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.ImageSize;
import io.flexir.contracts.request.RestorationRequest;

import org.jspecify.annotations.Nullable;

/**
 * The body of a question for an estimate ({@code EstimateRequest} in the API description).
 *
 * @param images how many alike; 1 when left out
 * @param model {@link RestorationRequest#AUTOMATIC} when left out
 */
public record EstimateRequest(
        ImageSize imageSize,
        @Nullable Integer images,
        String model,
        Depth depth,
        @Nullable Double deadlineSeconds,
        @Nullable Integer floor,
        @Nullable Integer target) {
    private static final int MAX_IMAGES = 1_000_000;

    @SuppressWarnings({"ConstantValue", "NullAway"})
    public EstimateRequest {
        Require.present("imageSize", imageSize);
        model = model == null ? RestorationRequest.AUTOMATIC : Require.name("model", model, 128);
        depth = depth == null ? new Depth.Automatic() : depth;
        if (images != null) {
            Require.between("images", images, 1, MAX_IMAGES);
        }
        if (deadlineSeconds != null) {
            Require.between("deadlineSeconds", deadlineSeconds, 1e-3, 3.2e7);
        }
        if (floor != null) {
            Require.between("floor", floor, 1, Depth.MAX_POINTER);
        }
        if (target != null) {
            Require.between("target", target, floor == null ? 1 : floor, Depth.MAX_POINTER);
        }
    }
}

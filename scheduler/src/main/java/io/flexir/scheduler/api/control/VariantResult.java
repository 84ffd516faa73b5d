package io.flexir.scheduler.api.control;

import org.jspecify.annotations.Nullable;

/**
 * What is known of one variant.
 *
 * @param jobs that were assigned it and have ended
 * @param rating 1 to 5, of those that were rated
 * @param psnr in dB, of those whose client had a reference
 * @param gigaMacs of a restored job; of a shadow variant as predicted
 * @param seconds that a restored job took its worker; none of a shadow variant
 * @param onTime share of the jobs with a deadline that kept it; none of a shadow variant
 */
public record VariantResult(
        String variant,
        long jobs,
        @Nullable Estimate rating,
        @Nullable Estimate psnr,
        @Nullable Estimate gigaMacs,
        @Nullable Estimate seconds,
        @Nullable Estimate onTime) {}

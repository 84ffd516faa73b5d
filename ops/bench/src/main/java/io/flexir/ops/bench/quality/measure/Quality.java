package io.flexir.ops.bench.quality.measure;

import org.jspecify.annotations.Nullable;

/**
 * How near a picture is to the clean one.
 *
 * @param psnr in dB; infinite for equal pictures
 * @param ssim at most 1
 * @param psnrB in dB; null where blocking is not looked at
 */
public record Quality(double psnr, double ssim, @Nullable Double psnrB) {}

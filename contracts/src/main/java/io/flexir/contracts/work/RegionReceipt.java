package io.flexir.contracts.work;

import io.flexir.contracts.check.Require;
import io.flexir.contracts.request.Depth;

import org.jspecify.annotations.Nullable;

/**
 * Where one region of the input ended. The region is its core, without halo, in input pixels.
 *
 * @param pointer the last B-RSTB that ran for it; where an image has more regions than a receipt
 *     holds, squares of it are told instead, each with the mean of its pixels
 * @param score the last score that was computed to decide its exit; none in regular inference
 */
public record RegionReceipt(
        int x, int y, int width, int height, int pointer, @Nullable Double score) {
    public RegionReceipt {
        Require.between("x", x, 0, 1_000_000);
        Require.between("y", y, 0, 1_000_000);
        Require.between("width", width, 1, 1_000_000);
        Require.between("height", height, 1, 1_000_000);
        Require.between("pointer", pointer, 1, Depth.MAX_POINTER);
        if (score != null) {
            Require.between("score", score, 0.0, Double.MAX_VALUE);
        }
    }
}

package io.flexir.ops.local.demo;

import io.flexir.contracts.request.Depth;
import io.flexir.ops.local.quality.GaussianNoise;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the demo does.
 *
 * @param samples directory with clean photos (PNG)
 * @param out directory for images and report
 * @param model name of the bundle
 * @param depth the bundle's full depth if empty
 * @param noise added to each photo alike
 */
public record DemoSettings(
        Path samples, Path out, String model, Optional<Depth> depth, GaussianNoise noise) {}

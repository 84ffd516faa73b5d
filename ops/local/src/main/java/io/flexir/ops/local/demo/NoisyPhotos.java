package io.flexir.ops.local.demo;

import io.flexir.ops.local.quality.GaussianNoise;
import io.flexir.ops.local.quality.ImageFiles;

import java.nio.file.Path;
import java.util.List;

/** The demo's photos as files to submit. */
public final class NoisyPhotos {

    private NoisyPhotos() {}

    /** Every PNG of a directory, by name, with noise. */
    public static List<byte[]> png(Path samples, GaussianNoise noise) {
        return Photo.all(samples, noise).stream()
                .map(photo -> ImageFiles.encodePng(photo.noisy()))
                .toList();
    }
}

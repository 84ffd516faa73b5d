package io.flexir.worker.pipeline;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.worker.image.PixelImage;
import io.flexir.worker.restore.Restoration;

/** The picture after the network, and what that took. */
record RestoredPicture(
        Picture input, PixelImage pixels, Restoration restoration, BundleManifest model) {}

package io.flexir.worker.pipeline;

import io.flexir.worker.image.PixelImage;

/** The picture after the network, and what that took. */
record RestoredPicture(Account account, PixelImage pixels) {}

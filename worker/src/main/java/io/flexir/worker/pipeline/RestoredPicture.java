package io.flexir.worker.pipeline;

import io.flexir.worker.image.PixelImage;
import io.flexir.worker.restore.Restoration;

/** The picture after the network, and what that took. */
record RestoredPicture(Chosen chosen, PixelImage pixels, Restoration restoration) {
    Picture input() {
        return chosen.picture();
    }
}

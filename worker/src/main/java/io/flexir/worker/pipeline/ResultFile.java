package io.flexir.worker.pipeline;

import io.flexir.worker.image.EncodedImage;

/**
 * The result as it will be stored.
 *
 * @param sha256 of its bytes
 */
record ResultFile(RestoredPicture picture, EncodedImage file, String sha256) {}

package io.flexir.worker.pipeline;

import io.flexir.contracts.request.ImageSize;
import io.flexir.worker.image.EncodedImage;

/**
 * The result as it will be stored.
 *
 * @param size of the picture in it
 * @param sha256 of its bytes
 */
record ResultFile(Account account, ImageSize size, EncodedImage file, String sha256) {}

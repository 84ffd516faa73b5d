/** How an image is cut into regions with a halo, and how the regions are joined without a seam. */
@NullMarked
package io.flexir.worker.restore.region;

import org.jspecify.annotations.NullMarked;

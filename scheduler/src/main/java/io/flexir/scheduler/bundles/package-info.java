/** The models that this scheduler knows: their manifests and digests. */
@NullMarked
package io.flexir.scheduler.bundles;

import org.jspecify.annotations.NullMarked;

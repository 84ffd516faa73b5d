/** Reproducible noise and the measures that say what a restoration gained. */
@NullMarked
package io.flexir.ops.local.quality;

import org.jspecify.annotations.NullMarked;

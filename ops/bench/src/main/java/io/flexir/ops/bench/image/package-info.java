/** Pictures in floating point: reading, brightness, resampling. */
@NullMarked
package io.flexir.ops.bench.image;

import org.jspecify.annotations.NullMarked;

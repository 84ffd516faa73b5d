/**
 * Quality evaluation: clean images are degraded, restored by the worker's engine, and compared, as
 * the literature does it.
 */
@NullMarked
package io.flexir.ops.bench.quality;

import org.jspecify.annotations.NullMarked;

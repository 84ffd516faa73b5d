/** A worker's restoration engine, run by itself. */
@NullMarked
package io.flexir.ops.bench.engine;

import org.jspecify.annotations.NullMarked;

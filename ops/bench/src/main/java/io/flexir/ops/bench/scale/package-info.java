/** A burst of jobs over a stack whose workers come and go, and what happened meanwhile. */
@NullMarked
package io.flexir.ops.bench.scale;

import org.jspecify.annotations.NullMarked;

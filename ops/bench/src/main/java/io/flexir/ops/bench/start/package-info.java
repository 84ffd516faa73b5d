/** How long a worker takes to start, and what it takes of memory. */
@NullMarked
package io.flexir.ops.bench.start;

import org.jspecify.annotations.NullMarked;

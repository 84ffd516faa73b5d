/** How fast a worker's engine is: beside PyTorch, beside the machine's peak, and by itself. */
@NullMarked
package io.flexir.ops.bench.speed;

import org.jspecify.annotations.NullMarked;

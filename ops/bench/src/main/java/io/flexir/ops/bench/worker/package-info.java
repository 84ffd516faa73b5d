/** What a worker does beside running the network: by phase, over photos that wait in line. */
@NullMarked
package io.flexir.ops.bench.worker;

import org.jspecify.annotations.NullMarked;

/** Which faults come when: pure data, drawn from a seed. */
@NullMarked
package io.flexir.ops.bench.chaos.plan;

import org.jspecify.annotations.NullMarked;

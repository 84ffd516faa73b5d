/** A real fleet of processes under faults, and what its topics and its bucket say afterwards. */
@NullMarked
package io.flexir.ops.bench.chaos;

import org.jspecify.annotations.NullMarked;

/** Measures what the fleet is worth: quality of the engine's output, and what it costs. */
@NullMarked
package io.flexir.ops.bench;

import org.jspecify.annotations.NullMarked;

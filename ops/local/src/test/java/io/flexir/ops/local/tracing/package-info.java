/** Traces of a real fleet, at a real receiver. */
@NullMarked
package io.flexir.ops.local.tracing;

import org.jspecify.annotations.NullMarked;

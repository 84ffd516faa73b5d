/**
 * A real fleet and its simulation side by side: the same arrivals, what was predicted and what
 * came.
 */
@NullMarked
package io.flexir.ops.bench.twin;

import org.jspecify.annotations.NullMarked;

/** Starts and drains worker processes as the scheduler wants them. */
@NullMarked
package io.flexir.ops.local.scale;

import org.jspecify.annotations.NullMarked;

/** How many workers the fleet should have: the decision, its state, and who looks when. */
@NullMarked
package io.flexir.scheduler.scale;

import org.jspecify.annotations.NullMarked;

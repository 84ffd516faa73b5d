/** Who goes next, and whether there is credit for it. */
@NullMarked
package io.flexir.scheduler.dispatch;

import org.jspecify.annotations.NullMarked;

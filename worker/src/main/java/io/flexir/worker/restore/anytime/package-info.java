/** Decisions that keep a restoration within its deadline: pure, without a clock. */
@NullMarked
package io.flexir.worker.restore.anytime;

import org.jspecify.annotations.NullMarked;

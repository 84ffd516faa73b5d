/** What the scheduler measures of itself, and the management port that shows it. */
@NullMarked
package io.flexir.scheduler.metrics;

import org.jspecify.annotations.NullMarked;

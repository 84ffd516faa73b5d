/** What restored images cost: sums by time, tenant, task and pointer, and their price. */
@NullMarked
package io.flexir.scheduler.costs;

import org.jspecify.annotations.NullMarked;

/** Costs as the API shows them, filled from the topic of outcomes. */
@NullMarked
package io.flexir.scheduler.api.costs;

import org.jspecify.annotations.NullMarked;

/** One job's changes as server-sent events. */
@NullMarked
package io.flexir.scheduler.api.events;

import org.jspecify.annotations.NullMarked;

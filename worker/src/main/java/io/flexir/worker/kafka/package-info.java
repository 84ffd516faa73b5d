/** How this worker speaks to the broker: client properties and the one producer of events. */
@NullMarked
package io.flexir.worker.kafka;

import org.jspecify.annotations.NullMarked;

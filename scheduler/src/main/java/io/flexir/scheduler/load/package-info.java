/** What the fleet can do and what waits for it, from heartbeats and receipts. */
@NullMarked
package io.flexir.scheduler.load;

import org.jspecify.annotations.NullMarked;

/**
 * The scheduler's use of the object store: pin inputs, look at their headers, keep small uploads,
 * sign addresses.
 */
@NullMarked
package io.flexir.scheduler.storage;

import org.jspecify.annotations.NullMarked;

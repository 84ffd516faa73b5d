/** What the fleet is told: cancellations, read to their end before intake. */
@NullMarked
package io.flexir.worker.control;

import org.jspecify.annotations.NullMarked;

/** Work orders in: acquisition locks, acknowledgements, delivery counts. */
@NullMarked
package io.flexir.worker.intake;

import org.jspecify.annotations.NullMarked;

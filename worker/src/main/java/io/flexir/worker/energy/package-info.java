/** Joules of a job, measured where the machine allows it and estimated where not. */
@NullMarked
package io.flexir.worker.energy;

import org.jspecify.annotations.NullMarked;

/** The manifest of a trained model, the one file that trainer, worker and scheduler share. */
@NullMarked
package io.flexir.contracts.bundle;

import org.jspecify.annotations.NullMarked;

/** Deletes what was asked to be gone and what is kept no longer. */
@NullMarked
package io.flexir.scheduler.api.keeping;

import org.jspecify.annotations.NullMarked;

/** The object store: pinned reads, conditional writes, and the receipt that commits a job. */
@NullMarked
package io.flexir.worker.storage;

import org.jspecify.annotations.NullMarked;

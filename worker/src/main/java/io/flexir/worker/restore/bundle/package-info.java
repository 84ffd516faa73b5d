/** Reading and checking trained models on disk. */
@NullMarked
package io.flexir.worker.restore.bundle;

import org.jspecify.annotations.NullMarked;

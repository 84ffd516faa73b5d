/** Native memory that is used again. */
@NullMarked
package io.flexir.worker.restore.memory;

import org.jspecify.annotations.NullMarked;

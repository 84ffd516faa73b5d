/** A real worker against a real broker, store and model. */
@NullMarked
package io.flexir.ops.local.worker;

import org.jspecify.annotations.NullMarked;

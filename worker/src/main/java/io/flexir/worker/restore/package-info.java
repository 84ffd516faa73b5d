/** The restoration engine: pixels in, restored pixels and what they cost out. */
@NullMarked
package io.flexir.worker.restore;

import org.jspecify.annotations.NullMarked;

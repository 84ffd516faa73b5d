/** Measures of how near a restored picture is to the clean one. Pure. */
@NullMarked
package io.flexir.ops.bench.quality.measure;

import org.jspecify.annotations.NullMarked;

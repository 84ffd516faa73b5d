/** What is done to clean pictures before they are restored, as the literature does it. */
@NullMarked
package io.flexir.ops.bench.quality.degrade;

import org.jspecify.annotations.NullMarked;

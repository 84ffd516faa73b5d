/** How near to their deadlines real workers come by ending early, and how often past them. */
@NullMarked
package io.flexir.ops.bench.anytime;

import org.jspecify.annotations.NullMarked;

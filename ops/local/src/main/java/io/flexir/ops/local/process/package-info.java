/** Parts of the fleet in processes of their own. */
@NullMarked
package io.flexir.ops.local.process;

import org.jspecify.annotations.NullMarked;

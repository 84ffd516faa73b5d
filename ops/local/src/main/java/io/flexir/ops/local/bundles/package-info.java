/** Bundles in the bucket: put there, and told. */
@NullMarked
package io.flexir.ops.local.bundles;

import org.jspecify.annotations.NullMarked;

/** Container images, written layer by layer without a container engine. */
@NullMarked
package io.flexir.ops.deploy.image;

import org.jspecify.annotations.NullMarked;

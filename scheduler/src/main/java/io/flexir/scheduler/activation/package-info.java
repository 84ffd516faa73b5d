/** New versions of models take the place of old ones, once enough workers hold them. */
@NullMarked
package io.flexir.scheduler.activation;

import org.jspecify.annotations.NullMarked;

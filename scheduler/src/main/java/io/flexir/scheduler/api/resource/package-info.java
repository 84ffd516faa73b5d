/**
 * The public JSON shapes. They follow {@code openapi.yaml} and change only with it, whatever the
 * messages do.
 */
@NullMarked
package io.flexir.scheduler.api.resource;

import org.jspecify.annotations.NullMarked;

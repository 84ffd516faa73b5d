/**
 * The HTTP API: submit, follow, list and cancel jobs. {@code openapi.yaml} comes first and drives
 * the router.
 */
@NullMarked
package io.flexir.scheduler.api;

import org.jspecify.annotations.NullMarked;

/**
 * The demo: photos, made noisy, go through a fleet, and a table says what was gained and what it
 * cost.
 */
@NullMarked
package io.flexir.ops.local.demo;

import org.jspecify.annotations.NullMarked;

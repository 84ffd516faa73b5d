/**
 * Compares the topics and share groups of a cluster with what a fleet needs, and brings them there
 * without losing anything.
 */
@NullMarked
package io.flexir.ops.local.topics;

import org.jspecify.annotations.NullMarked;

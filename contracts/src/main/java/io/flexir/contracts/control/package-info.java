/** What is told to everybody: cancellations, policy changes, bundle activations. */
@NullMarked
package io.flexir.contracts.control;

import org.jspecify.annotations.NullMarked;

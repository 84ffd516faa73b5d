/** Checks that the compact constructors of all messages share. */
@NullMarked
package io.flexir.contracts.check;

import org.jspecify.annotations.NullMarked;

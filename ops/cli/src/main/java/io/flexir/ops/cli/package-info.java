/** The command line {@code flexir}: one class a command, what commands share in mixins. */
@NullMarked
package io.flexir.ops.cli;

import org.jspecify.annotations.NullMarked;

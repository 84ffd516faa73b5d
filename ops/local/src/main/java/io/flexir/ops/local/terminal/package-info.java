/** What people see in a terminal. */
@NullMarked
package io.flexir.ops.local.terminal;

import org.jspecify.annotations.NullMarked;

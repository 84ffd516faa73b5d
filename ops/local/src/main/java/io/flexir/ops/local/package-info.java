@NullMarked
package io.flexir.ops.local;

import org.jspecify.annotations.NullMarked;

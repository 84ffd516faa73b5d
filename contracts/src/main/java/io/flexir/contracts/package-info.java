@NullMarked
package io.flexir.contracts;

import org.jspecify.annotations.NullMarked;

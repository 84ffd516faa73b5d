@NullMarked
package io.flexir.worker;

import org.jspecify.annotations.NullMarked;

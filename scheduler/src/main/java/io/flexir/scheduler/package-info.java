@NullMarked
package io.flexir.scheduler;

import org.jspecify.annotations.NullMarked;

/** Which model suits an image. Pure: estimates in, a model and the reason out. */
@NullMarked
package io.flexir.worker.choice;

import org.jspecify.annotations.NullMarked;

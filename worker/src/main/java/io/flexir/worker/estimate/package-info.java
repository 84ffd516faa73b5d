/** What can be told of an image's flaws without knowing the image. Pure; knows no other package. */
@NullMarked
package io.flexir.worker.estimate;

import org.jspecify.annotations.NullMarked;

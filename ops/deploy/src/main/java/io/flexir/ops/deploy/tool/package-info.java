/** Programs of the machine that builds. */
@NullMarked
package io.flexir.ops.deploy.tool;

import org.jspecify.annotations.NullMarked;

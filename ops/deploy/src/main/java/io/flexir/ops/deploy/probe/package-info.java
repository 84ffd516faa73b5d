/** What a container asks itself, having no shell and no curl. */
@NullMarked
package io.flexir.ops.deploy.probe;

import org.jspecify.annotations.NullMarked;

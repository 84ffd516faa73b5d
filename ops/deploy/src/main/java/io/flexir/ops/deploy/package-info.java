/** How a fleet is packed and put to work: container images, a compose file, a Helm chart. */
@NullMarked
package io.flexir.ops.deploy;

import org.jspecify.annotations.NullMarked;

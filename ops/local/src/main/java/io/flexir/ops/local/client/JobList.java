package io.flexir.ops.local.client;

import java.util.List;

/**
 * Some jobs, newest first.
 *
 * @param more whether there are others
 */
public record JobList(List<Job> jobs, boolean more) {}

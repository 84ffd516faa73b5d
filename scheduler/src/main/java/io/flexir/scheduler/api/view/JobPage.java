package io.flexir.scheduler.api.view;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * A part of a list.
 *
 * @param jobs newest first
 * @param last where the page ended; null when nothing follows
 */
public record JobPage(List<JobSnapshot> jobs, @Nullable PagePosition last) {
    public JobPage {
        jobs = List.copyOf(jobs);
    }
}

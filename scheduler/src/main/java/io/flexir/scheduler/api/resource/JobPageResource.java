package io.flexir.scheduler.api.resource;

import io.flexir.scheduler.api.view.JobPage;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * One page of a list.
 *
 * @param nextCursor absent on the last page
 */
public record JobPageResource(List<JobResource> jobs, @Nullable String nextCursor) {
    public static JobPageResource of(JobPage page) {
        return new JobPageResource(
                page.jobs().stream().map(JobResource::brief).toList(),
                page.last() == null ? null : page.last().toCursor());
    }
}

package io.flexir.ops.local.client;

import io.flexir.contracts.job.JobState;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Lists jobs page by page. */
final class JobPages {
    private static final int PAGE = 200;

    private final Http http;

    JobPages(Http http) {
        this.http = http;
    }

    JobList newest(Set<JobState> states, @Nullable String batch, int limit) {
        List<Job> jobs = new ArrayList<>();
        String cursor = null;
        do {
            Page page = page(states, batch, Math.min(PAGE, limit - jobs.size()), cursor);
            jobs.addAll(page.jobs());
            cursor = page.nextCursor();
        } while (cursor != null && jobs.size() < limit);
        return new JobList(jobs, cursor != null);
    }

    private Page page(
            Set<JobState> states, @Nullable String batch, int limit, @Nullable String cursor) {
        String names =
                states.stream()
                        .sorted()
                        .map(state -> state.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(","));
        String path =
                "/v1/jobs?limit="
                        + limit
                        + (names.isEmpty() ? "" : "&state=" + names)
                        + (batch == null ? "" : "&batch=" + batch)
                        + (cursor == null ? "" : "&cursor=" + cursor);
        return http.json(http.to(path).timeout(Http.ANSWER).GET().build(), Page.class);
    }

    private record Page(List<Job> jobs, @Nullable String nextCursor) {}
}

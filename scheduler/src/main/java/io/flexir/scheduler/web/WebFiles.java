package io.flexir.scheduler.web;

import java.util.List;

/** What is served of the directory {@code web} on the class path. */
final class WebFiles {
    static final List<String> NAMES =
            List.of(
                    "api.js",
                    "app.js",
                    "chart.js",
                    "compare.js",
                    "costs.js",
                    "dom.js",
                    "estimate.js",
                    "exits.js",
                    "experiments.js",
                    "fleet.js",
                    "format.js",
                    "frontier.js",
                    "icon.svg",
                    "icons.js",
                    "index.html",
                    "job.js",
                    "jobs.js",
                    "quality.js",
                    "reasons.js",
                    "style.css",
                    "submission.js",
                    "submit.js",
                    "whatif.js");

    private WebFiles() {}
}

package io.flexir.scheduler.web;

import java.util.List;

/** What is served of the directory {@code web} on the class path. */
final class WebFiles {
    static final List<String> NAMES =
            List.of(
                    "api.js",
                    "app.js",
                    "compare.js",
                    "dom.js",
                    "estimate.js",
                    "exits.js",
                    "format.js",
                    "icon.svg",
                    "icons.js",
                    "index.html",
                    "job.js",
                    "jobs.js",
                    "reasons.js",
                    "style.css",
                    "submission.js",
                    "submit.js");

    private WebFiles() {}
}

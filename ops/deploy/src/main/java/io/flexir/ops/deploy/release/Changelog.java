package io.flexir.ops.deploy.release;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What changed since the version before, a line a commit, as the commits say it.
 *
 * @param version that is released
 * @param since tag of the version before, empty when there is none
 * @param subjects first lines of the commits, the newest first
 */
record Changelog(String version, String since, List<String> subjects) {
    Changelog {
        subjects = List.copyOf(subjects);
    }

    String text() {
        String heading = since.isEmpty() ? "Everything so far" : "Since " + since;
        return "# "
                + version
                + "\n\n"
                + heading
                + ":\n\n"
                + subjects.stream()
                        .map(subject -> "- " + subject + "\n")
                        .collect(Collectors.joining());
    }
}

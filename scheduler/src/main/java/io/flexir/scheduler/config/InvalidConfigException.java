package io.flexir.scheduler.config;

import java.util.List;

/** A configuration that cannot be run; it says everything that is wrong with it. */
public final class InvalidConfigException extends RuntimeException {
    private final List<String> problems;

    public InvalidConfigException(List<String> problems) {
        super(String.join("; ", problems));
        this.problems = List.copyOf(problems);
    }

    /** A sentence each. */
    public List<String> problems() {
        return problems;
    }
}

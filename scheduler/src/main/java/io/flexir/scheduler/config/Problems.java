package io.flexir.scheduler.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a configuration, so that all of it is told at once. */
final class Problems {
    private final List<String> found = new ArrayList<>();

    void unless(boolean holds, String problem) {
        if (!holds) {
            found.add(problem);
        }
    }

    void between(String name, long value, long min, long max) {
        unless(
                value >= min && value <= max,
                name + " must be between " + min + " and " + max + ", is " + value);
    }

    void between(String name, double value, double min, double max) {
        unless(
                value >= min && value <= max,
                name + " must be between " + min + " and " + max + ", is " + value);
    }

    void between(String name, Duration value, Duration min, Duration max) {
        unless(
                value.compareTo(min) >= 0 && value.compareTo(max) <= 0,
                name + " must be between " + min + " and " + max + ", is " + value);
    }

    void named(String name, String value) {
        unless(
                value.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,63}"),
                name + " may hold letters, digits, '.', '_' and '-' alone, is '" + value + "'");
    }

    void throwIfAny() {
        if (!found.isEmpty()) {
            throw new InvalidConfigException(found);
        }
    }
}

package io.flexir.ops.deploy;

import io.flexir.scheduler.SchedulerOptions;
import io.flexir.worker.WorkerOptions;

import org.junit.jupiter.api.Assumptions;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.lang.reflect.Field;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The environment variables that the processes' options really read. */
public final class OptionVariables {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{env:([A-Z0-9_]+)");

    private OptionVariables() {}

    public static Set<String> ofScheduler() {
        return of(SchedulerOptions.class);
    }

    public static Set<String> ofWorker() {
        return of(WorkerOptions.class);
    }

    /** Of {@code flexir topics apply}; the test is aborted in a build without that command. */
    public static Set<String> ofTopics() {
        try {
            return of(Class.forName("io.flexir.ops.cli.TopicsCommand$Apply"));
        } catch (ClassNotFoundException e) {
            return Assumptions.abort("this build has no command topics apply");
        }
    }

    private static Set<String> of(Class<?> options) {
        Set<String> names = new TreeSet<>();
        for (Field field : options.getDeclaredFields()) {
            Option option = field.getAnnotation(Option.class);
            if (option != null) {
                Matcher variable = VARIABLE.matcher(option.defaultValue());
                while (variable.find()) {
                    names.add(variable.group(1));
                }
            }
            if (field.isAnnotationPresent(Mixin.class)) {
                names.addAll(of(field.getType()));
            }
        }
        return names;
    }
}

package io.flexir.ops.local.process;

import io.flexir.ops.local.CannotStart;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A part of the fleet in a process of its own, with the class path of this one. */
public final class ChildProcess {
    private static final String SETTINGS = "FLEXIR_";
    private static final String LOGGING = "logback.configurationFile";

    private final Process process;

    private ChildProcess(Process process) {
        this.process = process;
    }

    /**
     * @param settings its environment variables; it inherits none of this fleet's from this process
     * @param log takes what it prints and logs
     */
    public static ChildProcess start(Role role, Map<String, String> settings, Path log) {
        ProcessBuilder builder = new ProcessBuilder(command(role, log));
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith(SETTINGS));
        environment.putAll(role.tuning());
        environment.putAll(settings);
        builder.redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile()));
        try {
            return new ChildProcess(builder.start());
        } catch (IOException e) {
            throw new CannotStart(
                    "cannot start a process for a "
                            + role.name().toLowerCase(Locale.ROOT)
                            + ": is there memory, and can "
                            + log
                            + " be written?",
                    e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Lets it finish what it holds, or hand it back (SIGTERM). */
    public void terminate() {
        process.destroy();
    }

    /** Ends it at once (SIGKILL). */
    public void kill() {
        process.destroyForcibly();
    }

    /** Waits until it has ended, and returns whether it has. */
    public boolean awaitEnd(Duration patience) {
        try {
            return process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static List<String> command(Role role, Path log) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow"));
        String logging = System.getProperty(LOGGING);
        if (logging != null) {
            command.add("-D" + LOGGING + "=" + logging);
            command.add("-Dflexir.log.file=" + log);
        }
        command.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        ChildMain.class.getName(),
                        role.name()));
        return command;
    }
}

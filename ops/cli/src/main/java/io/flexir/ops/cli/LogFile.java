package io.flexir.ops.cli;

import java.nio.file.Path;

/** Sends the log of everything in this JVM to a file. */
final class LogFile {

    private LogFile() {}

    /**
     * Must come before the first logger is made: the logging library reads these when it starts.
     */
    static void use(Path file) {
        System.setProperty("flexir.log.file", file.toString());
        System.setProperty("logback.configurationFile", "logback-local.xml");
    }
}

package io.flexir.ops.cli;

import io.flexir.ops.local.CannotStart;
import io.flexir.ops.local.client.FleetException;

/** What the command line ends with. Scripts rely on these: they do not change. */
final class ExitCode {

    static final int DONE = 0;
    static final int JOB_NOT_SUCCEEDED = 1;

    /** What was compared is not the same. */
    static final int DIFFERS = 1;

    /** As picocli has it. */
    static final int USAGE = 2;

    static final int CANNOT_START = 3;
    static final int SCHEDULER = 4;
    static final int UNEXPECTED = 5;

    private ExitCode() {}

    /** What a command ends with that could not do what it was asked. */
    static int of(Exception failure) {
        return switch (failure) {
            case CannotStart _ -> CANNOT_START;
            case FleetException _ -> SCHEDULER;
            default -> UNEXPECTED;
        };
    }
}

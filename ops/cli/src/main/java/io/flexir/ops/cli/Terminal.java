package io.flexir.ops.cli;

import java.io.Console;
import java.util.Optional;

/** Whether somebody looks at the output, and lines may be drawn anew. */
final class Terminal {

    private Terminal() {}

    static boolean isInteractive() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
                && !"dumb".equals(System.getenv("TERM"));
    }
}

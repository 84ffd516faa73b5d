package io.flexir.ops.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/** Prints a script that completes commands and options. */
@Command(
        name = "completion",
        description = "Prints a script by which bash and zsh complete commands and options.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  source <(flexir completion)                                     in this shell",
            "  flexir completion > ~/.local/share/bash-completion/completions/flexir"
        })
final class CompletionCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(AutoComplete.bash("flexir", spec.root().commandLine()));
        spec.commandLine().getOut().flush();
        return ExitCode.DONE;
    }
}

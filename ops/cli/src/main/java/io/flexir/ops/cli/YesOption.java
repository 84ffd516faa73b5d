package io.flexir.ops.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** What cannot be undone is done only for those who say so. */
final class YesOption {
    @Option(names = "--yes", description = "Needed: what is deleted cannot be brought back.")
    private boolean yes;

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    void require() {
        if (!yes) {
            throw new ParameterException(
                    spec.commandLine(), "this cannot be undone: say --yes if it is meant");
        }
    }
}

package io.flexir.ops.cli;

import io.flexir.contracts.check.InvalidFieldException;
import io.flexir.contracts.request.TenantId;
import io.flexir.ops.local.CannotStart;
import io.flexir.ops.local.terminal.TextTable;
import io.flexir.ops.local.terminal.TextTable.Column;
import io.flexir.ops.local.terminal.TextTable.Side;
import io.flexir.scheduler.access.ApiKey;
import io.flexir.scheduler.access.InvalidKeysException;
import io.flexir.scheduler.access.KeyRing;
import io.flexir.scheduler.access.KeysFile;
import io.flexir.scheduler.access.NewKey;
import io.flexir.scheduler.access.Scope;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** Makes and revokes the keys that tenants ask with. */
@Command(
        name = "keys",
        description = {
            "Makes, lists and revokes keys in the file that schedulers are told by FLEXIR_KEYS. They read it again when it",
            "changes. It holds hashes alone: a key is shown once, when it is made."
        },
        mixinStandardHelpOptions = true,
        subcommands = {KeysCommand.Create.class, KeysCommand.Show.class, KeysCommand.Revoke.class},
        footer = {
            "",
            "Examples:",
            "  flexir keys create --tenant museum                  may submit and read",
            "  flexir keys create --tenant ops --scope read,admin",
            "  flexir keys list ; flexir keys revoke 3f9c01d2ab47"
        })
final class KeysCommand implements Callable<Integer> {
    @Mixin private FileOption file;

    @Spec private CommandSpec spec;

    /** Lists them. */
    @Override
    public Integer call() {
        return list(file, spec);
    }

    private static int list(FileOption file, CommandSpec spec) {
        TextTable table =
                new TextTable(
                        List.of(
                                new Column("id", Side.LEFT),
                                new Column("tenant", Side.LEFT),
                                new Column("scopes", Side.LEFT),
                                new Column("made", Side.LEFT)));
        file.read().keys().forEach(key -> table.add(cells(key)));
        table.lines().forEach(spec.commandLine().getOut()::println);
        spec.commandLine().getOut().flush();
        return ExitCode.DONE;
    }

    private static List<String> cells(ApiKey key) {
        return List.of(
                key.id(),
                key.tenant().value(),
                key.scopes().stream().sorted().map(Scope::word).collect(Collectors.joining(",")),
                key.createdAt().toString());
    }

    @Command(
            name = "create",
            description = "Makes a key and prints it: it cannot be shown again.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  flexir keys create --tenant museum --file keys.json"})
    static final class Create implements Callable<Integer> {
        @Option(
                names = "--tenant",
                paramLabel = "NAME",
                required = true,
                description = "Whose jobs it submits and sees.")
        private String tenant;

        @Option(
                names = "--scope",
                paramLabel = "SCOPE",
                split = ",",
                defaultValue = "submit,read",
                description =
                        "What it allows: submit (jobs, taking them back, retries, deletion), read (the tenant's jobs and results), admin"
                                + " (policy, experiments, dead letters and the deletion of tenants); several are separated by commas (default:"
                                + " ${DEFAULT-VALUE}).")
        private Set<Scope> scopes;

        @Mixin private FileOption file;

        @Spec private CommandSpec spec;

        @Override
        public Integer call() {
            NewKey key = NewKey.of(tenant(), scopes, Instant.now());
            file.write(file.readOrNew().with(key.kept()));
            spec.commandLine().getOut().println(key.text());
            spec.commandLine().getOut().flush();
            return ExitCode.DONE;
        }

        private TenantId tenant() {
            try {
                return new TenantId(tenant);
            } catch (InvalidFieldException wrong) {
                throw new ParameterException(
                        spec.commandLine(), "--tenant " + wrong.problem(), wrong);
            }
        }
    }

    @Command(
            name = "list",
            description = "Lists keys by what is no secret of them.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  flexir keys list --file keys.json"})
    static final class Show implements Callable<Integer> {
        @Mixin private FileOption file;

        @Spec private CommandSpec spec;

        @Override
        public Integer call() {
            return list(file, spec);
        }
    }

    @Command(
            name = "revoke",
            description = "Takes a key back; schedulers know within a second.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  flexir keys revoke 3f9c01d2ab47 --file keys.json"})
    static final class Revoke implements Callable<Integer> {
        @Parameters(paramLabel = "ID", description = "Of the key, as flexir keys list has it.")
        private String id;

        @Mixin private FileOption file;

        @Spec private CommandSpec spec;

        @Override
        public Integer call() {
            KeyRing keys = file.read();
            if (keys.find(id).isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(), "there is no key " + id + " in " + file);
            }
            file.write(keys.without(id));
            return ExitCode.DONE;
        }
    }

    /** Which file. */
    static final class FileOption {
        @Option(
                names = "--file",
                paramLabel = "FILE",
                defaultValue = "${env:FLEXIR_KEYS:-flexir-keys.json}",
                description = "The file of keys; FLEXIR_KEYS (default: ${DEFAULT-VALUE}).")
        private Path path;

        private KeyRing read() {
            try {
                return new KeysFile(path).read();
            } catch (InvalidKeysException wrong) {
                throw new CannotStart(String.valueOf(wrong.getMessage()), wrong);
            }
        }

        private KeyRing readOrNew() {
            try {
                return new KeysFile(path).readIfThere().orElse(KeyRing.EMPTY);
            } catch (InvalidKeysException wrong) {
                throw new CannotStart(String.valueOf(wrong.getMessage()), wrong);
            }
        }

        private void write(KeyRing keys) {
            try {
                new KeysFile(path).write(keys);
            } catch (UncheckedIOException unwritable) {
                throw new CannotStart(String.valueOf(unwritable.getMessage()), unwritable);
            }
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }
}

package io.flexir.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.access.KeysFile;
import io.flexir.scheduler.access.Principal;
import io.flexir.scheduler.access.Scope;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Set;

class KeysCommandTest {
    @TempDir private Path directory;

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    @Test
    void a_key_is_made_listed_and_revoked() {
        assertThat(run("create", "--tenant", "museum")).as(err.toString()).isZero();
        String key = out.toString().strip();
        assertThat(file().read().identify("Bearer " + key))
                .contains(new Principal(new TenantId("museum"), Set.of(Scope.SUBMIT, Scope.READ)));

        assertThat(run("list")).isZero();
        assertThat(out.toString()).contains("museum", "submit,read").doesNotContain(key);
        String id = key.split("_")[1];
        assertThat(run("revoke", id)).isZero();

        assertThat(file().read().identify("Bearer " + key)).isEmpty();
        assertThat(run("revoke", id)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).hasLineCount(1).contains("there is no key " + id);
    }

    @Test
    void a_key_allows_what_it_was_made_for() {
        assertThat(run("create", "--tenant", "ops", "--scope", "admin")).isZero();

        assertThat(file().read().identify("Bearer " + out.toString().strip()))
                .contains(new Principal(new TenantId("ops"), Set.of(Scope.ADMIN)));
        assertThat(run("create", "--tenant", "ops", "--scope", "all")).isEqualTo(ExitCode.USAGE);
        assertThat(run("create", "--tenant", "/etc")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).hasLineCount(1).contains("--tenant may hold letters");
    }

    @Test
    void a_file_that_is_not_there_is_said_in_a_line() {
        assertThat(run("list")).isEqualTo(ExitCode.CANNOT_START);
        assertThat(err.toString()).hasLineCount(1).contains("is not there");
    }

    private KeysFile file() {
        return new KeysFile(directory.resolve("keys.json"));
    }

    private int run(String command, String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        String[] all = new String[arguments.length + 4];
        all[0] = "keys";
        all[1] = command;
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        all[all.length - 2] = "--file";
        all[all.length - 1] = file().path().toString();
        return commandLine.execute(all);
    }
}

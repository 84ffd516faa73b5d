package io.flexir.scheduler;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;

class MainTest {
    @Test
    void a_directory_without_models_is_said_in_a_line(@TempDir Path empty) {
        String said = runAndFail("--s3-secret-key=hush", "--bundles=" + empty);

        assertThat(said.lines())
                .hasSize(2)
                .first()
                .asString()
                .contains("No bundle in", "manifest.json");
    }

    @Test
    void every_wrong_setting_is_said_in_a_line() {
        String said = runAndFail("--s3-secret-key=hush", "--port=-1", "--max-attempts=0");

        assertThat(said.lines()).hasSize(3);
    }

    @Test
    void without_a_key_one_is_made_and_printed(@TempDir Path empty) {
        String key = printed("--s3-secret-key=hush", "--bundles=" + empty);

        assertThat(key.strip()).matches("key {2}flexir_[0-9a-f]{12}_[0-9a-f]{64}");
        assertThat(printed("--s3-secret-key=hush", "--bundles=" + empty)).isNotEqualTo(key);
        assertThat(printed("--s3-secret-key=hush", "--bundles=" + empty, "--api-key=known"))
                .isEmpty();
    }

    private static String printed(String... arguments) {
        StringWriter out = new StringWriter();
        Main.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(new StringWriter()))
                .execute(arguments);
        return out.toString();
    }

    private static String runAndFail(String... arguments) {
        StringWriter said = new StringWriter();

        int exitCode =
                Main.commandLine()
                        // It prints a key, which is not for the log of a test.
                        .setOut(new PrintWriter(new StringWriter()))
                        .setErr(new PrintWriter(said, true))
                        .execute(arguments);

        assertThat(exitCode).isEqualTo(CommandLine.ExitCode.USAGE);
        return said.toString();
    }
}

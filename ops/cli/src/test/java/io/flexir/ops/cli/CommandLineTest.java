package io.flexir.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class CommandLineTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void says_its_version() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).startsWith("flexir ").contains("Java 25");
    }

    @Test
    void says_what_it_can_do_when_nothing_is_asked() {
        assertThat(run()).isZero();
        assertThat(out.toString()).contains("Commands:", "Exit codes:", "Examples:");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "submit",
                "status",
                "wait",
                "cancel",
                "policy",
                "experiment",
                "rate",
                "costs",
                "keys",
                "evaluate",
                "bench",
                "chaos"
            })
    void explains_each_command_with_an_example(String command) {
        assertThat(run(command, "--help")).isZero();
        assertThat(out.toString()).contains("Usage: flexir " + command, "Example");
    }

    @Test
    void every_command_and_subcommand_has_an_example() {
        List<String> without = new ArrayList<>();
        collectWithoutExample(Main.commandLine(), without);

        assertThat(without).isEmpty();
    }

    private static void collectWithoutExample(CommandLine command, List<String> without) {
        String name = command.getCommandSpec().qualifiedName();
        String footer = String.join(" ", command.getCommandSpec().usageMessage().footer());
        if (!footer.contains(name)) {
            without.add(name);
        }
        command.getSubcommands()
                .values()
                .forEach(subcommand -> collectWithoutExample(subcommand, without));
    }

    @Test
    void completion_is_a_script_that_bash_takes_and_that_knows_every_command()
            throws IOException, InterruptedException {
        assertThat(run("completion")).isZero();

        Process bash = new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
        try (Writer script = bash.outputWriter()) {
            script.write(out.toString());
        }
        assertThat(bash.waitFor()).isZero();
        assertThat(out.toString()).contains("_picocli_flexir_jobs_retry", "--pointer");
    }

    @Test
    void ends_with_2_and_one_line_on_wrong_usage() {
        assertThat(run("submit")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .hasLineCount(1)
                .contains("either files or --batch is needed")
                .contains("flexir submit --help");
    }

    @Test
    void refuses_a_pointer_together_with_a_threshold() {
        assertThat(run("submit", "a.png", "--pointer", "3", "--adaptive", "1.05"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("mutually exclusive");
    }

    @Test
    void refuses_a_policy_that_there_is_not() {
        assertThat(run("policy", "set", "load:fast")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).hasLineCount(1).contains("gain, slack, load:SECONDS");
    }

    @Test
    void refuses_workers_that_are_neither_a_number_nor_a_range() {
        assertThat(run("up", "--workers", "4..1")).isEqualTo(ExitCode.USAGE);
        assertThat(run("up", "--workers", "many")).isEqualTo(ExitCode.USAGE);
        assertThat(run("bench", "autoscale", "--workers", "2")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .hasLineCount(3)
                .contains("was 4..1", "a range such as 1..4", "must be a range");
    }

    @Test
    void refuses_a_stack_that_cannot_be() {
        assertThat(run("up", "--schedulers", "9")).isEqualTo(ExitCode.USAGE);
        assertThat(run("up", "--port", "70000")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).hasLineCount(2).contains("must be 1 to 8", "a port, 0 to 65535");
    }

    @Test
    void refuses_a_chaos_run_that_makes_no_sense() {
        assertThat(run("chaos", "--faults", "earthquake")).isEqualTo(ExitCode.USAGE);
        assertThat(run("chaos", "--jobs", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(run("chaos", "--workers", "9")).isEqualTo(ExitCode.USAGE);
        assertThat(run("chaos", "--every", "0s")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .hasLineCount(4)
                .contains(
                        "'earthquake' is no kind of fault",
                        "--jobs must be above 0",
                        "--workers must be 1 to 8",
                        "--every must be above 0");
    }

    @Test
    void refuses_a_variant_that_there_is_not() {
        assertThat(run("experiment", "start", "x", "--variant", "a", "--variant", "b=luck:1"))
                .isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).hasLineCount(1).contains("NAME=shadow:POLICY");
    }

    @Test
    void refuses_a_deadline_without_a_unit() {
        assertThat(run("submit", "a.png", "--deadline", "30")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("'30' is no duration such as 500ms, 30s, 2m or 1h");
    }

    @Test
    void refuses_what_is_no_id_before_it_becomes_part_of_an_address() {
        for (String id : List.of("a b", "x?purge=true", "../tenants/museum", "..", "")) {
            assertThat(run("cancel", id)).as(id).isEqualTo(ExitCode.USAGE);
            assertThat(run("status", id)).as(id).isEqualTo(ExitCode.USAGE);
            assertThat(run("jobs", "list", "--batch", id)).as(id).isEqualTo(ExitCode.USAGE);
        }
    }

    @Test
    void refuses_an_address_without_a_scheme_and_a_key_of_two_lines_without_telling_it() {
        assertThat(run("status", "a", "--url", "localhost:8080")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--url must be such as");
        assertThat(run("status", "a", "--api-key", "flexir_sec\nret")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).doesNotContain("flexir_sec");
    }

    @Test
    void ends_with_3_when_a_file_cannot_be_read() {
        assertThat(run("submit", "no-such-file.png")).isEqualTo(ExitCode.CANNOT_START);
        assertThat(err.toString()).hasLineCount(1).contains("cannot read no-such-file.png");
    }

    @Test
    void ends_with_4_when_nobody_answers(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("photo.png"), "whatever");
        String nobody = "http://127.0.0.1:" + unusedPort();

        assertThat(run("submit", file.toString(), "--url", nobody)).isEqualTo(ExitCode.SCHEDULER);
        assertThat(err.toString()).hasLineCount(1).contains("no answer from " + nobody);
    }

    private int run(String... arguments) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}

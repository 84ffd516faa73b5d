package io.flexir.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The script {@code ops/flexir}, in a checkout of its own where nothing has been built. */
@Timeout(60)
class LauncherTest {

    private static final Path SCRIPT = Path.of("..", "flexir");

    @TempDir private Path checkout;

    private Path script;

    @BeforeEach
    void copyScript() throws IOException {
        Files.createDirectories(checkout.resolve("ops/cli"));
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        script =
                Files.copy(
                        SCRIPT, checkout.resolve("ops/flexir"), StandardCopyOption.COPY_ATTRIBUTES);
    }

    @Test
    void says_that_maven_is_missing() throws Exception {
        Run run = run(script, tools("grep", "dirname", "readlink", "sed", "find", "mkdir"));

        assertThat(run.exitCode()).isEqualTo(ExitCode.CANNOT_START);
        assertThat(run.output())
                .hasLineCount(1)
                .contains("Maven is needed to build and was not found");
    }

    @Test
    void shows_why_a_build_failed_and_where_its_log_is() throws Exception {
        Path tools = tools("grep", "dirname", "readlink", "sed", "find", "mkdir", "sleep");
        fake(tools, "mvn", "echo '[ERROR] no such module'; exit 1");

        Run run = run(script, tools);

        assertThat(run.exitCode()).isEqualTo(ExitCode.CANNOT_START);
        assertThat(run.output())
                .contains("building FlexIR", "[ERROR] no such module", "flexir: the build failed")
                .contains(
                        checkout.toRealPath()
                                .resolve("ops/cli/target/flexir-build.log")
                                .toString());
    }

    @Test
    void finds_its_checkout_through_symbolic_links_from_anywhere() throws Exception {
        Path link =
                Files.createSymbolicLink(
                        checkout.resolve("link"), checkout.resolve("relative-link"));
        Files.createSymbolicLink(checkout.resolve("relative-link"), Path.of("ops/flexir"));
        Path tools = tools("grep", "dirname", "readlink", "sed", "find", "mkdir", "sleep");
        fake(tools, "mvn", "echo \"[ERROR] in $PWD\"; exit 1");

        Run run = run(link, tools);

        assertThat(run.output()).contains("[ERROR] in " + checkout.toRealPath());
    }

    /** Runs the script from the root directory with these tools alone. */
    private static Run run(Path launcher, Path tools) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder("/bin/bash", launcher.toString(), "--version")
                        .directory(Path.of("/").toFile())
                        .redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Run(process.exitValue(), output);
    }

    private Path tools(String... names) throws IOException {
        Path tools = Files.createDirectories(checkout.resolve("tools"));
        for (String name : names) {
            Files.createSymbolicLink(tools.resolve(name), find(name));
        }
        return tools;
    }

    private static void fake(Path tools, String name, String script) throws IOException {
        Path file = Files.writeString(tools.resolve(name), "#!/bin/bash\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private static Path find(String name) {
        List<Path> places = new ArrayList<>(List.of(Path.of("/usr/bin"), Path.of("/bin")));
        return places.stream()
                .map(place -> place.resolve(name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("this machine has no " + name));
    }

    private record Run(int exitCode, String output) {}
}

package io.flexir.ops.cli;

import io.flexir.ops.local.client.ApiKey;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.client.KnownKeys;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** Which scheduler to talk to. */
final class SchedulerOptions {
    private static final Set<String> SCHEMES = Set.of("http", "https");

    @Option(
            names = "--url",
            paramLabel = "URL",
            defaultValue = "${env:FLEXIR_URL:-http://127.0.0.1:8080}",
            description = "Address of the scheduler; FLEXIR_URL (default: ${DEFAULT-VALUE}).")
    private URI url;

    @Option(
            names = "--api-key",
            paramLabel = "KEY",
            defaultValue = "${env:FLEXIR_API_KEY}",
            description = {
                "Key that the scheduler asks for; better given as FLEXIR_API_KEY.",
                "That of a stack which the same user has up on this machine is found without it."
            })
    private @Nullable String apiKey;

    @Option(
            names = "--api-key-file",
            paramLabel = "FILE",
            defaultValue = "${env:FLEXIR_API_KEY_FILE}",
            description = "Holds the same in one line; FLEXIR_API_KEY_FILE.")
    private @Nullable Path apiKeyFile;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            defaultValue = "${env:FLEXIR_CA}",
            description = {
                "PEM certificates that those of scheduler and object store at https must lead to; FLEXIR_CA.",
                "Those that Java knows when left out."
            })
    private @Nullable Path authorities;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    FleetClient connect() {
        if (url.getHost() == null || !SCHEMES.contains(String.valueOf(url.getScheme()))) {
            throw new ParameterException(
                    command.commandLine(),
                    "--url must be such as http://127.0.0.1:8080, was '" + url + "'");
        }
        try {
            return new FleetClient(url, key(), Optional.ofNullable(authorities));
        } catch (IllegalArgumentException unusable) {
            throw wrong(String.valueOf(unusable.getMessage()), unusable);
        }
    }

    private Optional<ApiKey> key() {
        return Optional.ofNullable(apiKey)
                .map(String::strip)
                .filter(key -> !key.isEmpty())
                .or(() -> Optional.ofNullable(apiKeyFile).map(this::line))
                .map(ApiKey::new)
                .or(() -> KnownKeys.ofUser().find(url));
    }

    private String line(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw wrong("the key file " + file + " cannot be read", unreadable);
        }
    }

    private ParameterException wrong(String problem, Exception cause) {
        return new ParameterException(command.commandLine(), problem, cause);
    }
}

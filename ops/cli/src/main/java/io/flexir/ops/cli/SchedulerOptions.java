package io.flexir.ops.cli;

import io.flexir.ops.local.client.ApiKey;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.client.KnownKeys;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.net.URI;
import java.util.Optional;

/** Which scheduler to talk to. */
final class SchedulerOptions {

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

    FleetClient connect() {
        return new FleetClient(
                url,
                Optional.ofNullable(apiKey)
                        .filter(key -> !key.isEmpty())
                        .map(ApiKey::new)
                        .or(() -> KnownKeys.ofUser().find(url)));
    }
}

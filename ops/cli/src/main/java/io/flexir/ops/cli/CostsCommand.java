package io.flexir.ops.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.contracts.wire.MessageCodec;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.client.FleetCosts;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Tells what restored images cost, and what full depth would have cost. */
@Command(
        name = "costs",
        description = {
            "Tells what restored images cost, and what the same images would have cost at full depth.",
            "Those of the key's tenant; with a key that has the scope admin, those of all."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  flexir costs                                   the last day, by task",
            "  flexir costs --by tenant --from 2026-11-20T00:00:00Z --to 2026-11-27T00:00:00Z",
            "  flexir costs --by pointer --json | jq .total.fixed"
        })
final class CostsCommand implements Callable<Integer> {
    private static final JsonMapper JSON = MessageCodec.newMapper();

    /** What rows are grouped by. */
    enum By {
        TENANT,
        TASK,
        POINTER
    }

    @Option(
            names = "--from",
            paramLabel = "INSTANT",
            description = "Such as 2026-11-26T09:30:00Z; a day before --to when left out.")
    private @Nullable Instant from;

    @Option(names = "--to", paramLabel = "INSTANT", description = "Now when left out.")
    private @Nullable Instant to;

    @Option(
            names = "--by",
            defaultValue = "task",
            description = "One of tenant, task and pointer (default: ${DEFAULT-VALUE}).")
    private By by;

    @Option(
            names = "--tenant",
            paramLabel = "NAME",
            description = "Images of this tenant alone; others' need the scope admin.")
    private @Nullable String tenant;

    @Option(names = "--json", description = "Print one JSON object, with every fixed pointer.")
    private boolean json;

    @Mixin private SchedulerOptions scheduler;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        FleetCosts.Question question =
                new FleetCosts.Question(from, to, by.name().toLowerCase(Locale.ROOT), tenant);
        try (FleetClient fleet = scheduler.connect()) {
            print(spec.commandLine().getOut(), fleet.costs(question));
        }
        return ExitCode.DONE;
    }

    private void print(PrintWriter out, FleetCosts costs) {
        if (json) {
            out.println(json(costs));
        } else {
            CostsTable.lines(costs).forEach(out::println);
        }
        out.flush();
    }

    private static String json(FleetCosts costs) {
        try {
            return JSON.writeValueAsString(costs);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("costs cannot be written as JSON", e);
        }
    }
}

package io.flexir.ops.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.ops.local.client.FleetPolicy;

import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.util.Locale;

/** Prints a policy: a line for people, or JSON for scripts. */
final class PolicyLines {
    private static final JsonMapper JSON = MessageCodec.newMapper();

    @Option(names = "--json", description = "Print the policy as one line of JSON.")
    private boolean json;

    void print(PrintWriter out, FleetPolicy policy) {
        out.println(json ? json(policy) : text(policy));
        out.flush();
    }

    static String text(FleetPolicy now) {
        String origin = now.since() == null ? "as configured" : "since " + now.since();
        return switch (now.policy()) {
            case BudgetPolicy.Fixed fixed -> "fixed:" + fixed.pointer() + "  " + origin;
            case BudgetPolicy.Load load ->
                    String.format(
                            Locale.ROOT,
                            "load:%s  %s; pointers up to %d now",
                            load.targetBacklogSeconds(),
                            origin,
                            now.level());
            case BudgetPolicy.Slack ignored -> "slack  " + origin;
            case BudgetPolicy.Gain ignored ->
                    String.format(
                            Locale.ROOT,
                            "gain  %s; a worker-second is worth %.3f dB now",
                            origin,
                            now.pricePerWorkerSecond());
        };
    }

    private static String json(FleetPolicy policy) {
        try {
            return JSON.writeValueAsString(policy);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a policy cannot be written as JSON", e);
        }
    }
}

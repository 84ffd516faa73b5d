package io.flexir.ops.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.contracts.check.InvalidFieldException;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.client.TenantPurge;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** What is done with a tenant as a whole. */
@Command(
        name = "tenants",
        description = "Deletes what a tenant has. Needs a key with the scope admin.",
        mixinStandardHelpOptions = true,
        subcommands = TenantsCommand.Purge.class,
        footer = {"", "Example:", "  flexir tenants purge museum --yes --wait"})
final class TenantsCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ExitCode.USAGE;
    }

    @Command(
            name = "purge",
            description = {
                "Deletes every job that a tenant has now, and all that lies in the bucket under uploads/TENANT/ and",
                "results/TENANT/. What it submits later stays: revoke its keys first."
            },
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  flexir tenants purge museum --yes --wait"})
    static final class Purge implements Callable<Integer> {
        private static final JsonMapper JSON = MessageCodec.newMapper();
        private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

        @Parameters(paramLabel = "TENANT", description = "Name of the tenant.")
        private String tenant;

        @Mixin private YesOption yes;

        @Option(names = "--wait", description = "Wait until it is done.")
        private boolean wait;

        @Option(names = "--json", description = "Print how far it is as one line of JSON.")
        private boolean json;

        @Mixin private SchedulerOptions scheduler;

        @Spec private CommandSpec spec;

        @Override
        public Integer call() {
            requireName();
            yes.require();
            try (FleetClient fleet = scheduler.connect()) {
                TenantPurge purge = fleet.purgeTenant(tenant);
                while (wait && !purge.done()) {
                    LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
                    purge = fleet.tenantPurge(tenant);
                }
                PrintWriter out = spec.commandLine().getOut();
                out.println(json ? json(purge) : text(purge));
                out.flush();
            }
            return ExitCode.DONE;
        }

        private void requireName() {
            try {
                var _ = new TenantId(tenant);
            } catch (InvalidFieldException wrong) {
                throw new ParameterException(
                        spec.commandLine(), "TENANT " + wrong.problem(), wrong);
            }
        }

        private static String text(TenantPurge purge) {
            return purge.tenant()
                    + "  "
                    + (purge.done() ? "gone" : purge.jobsLeft() + " jobs left")
                    + ", as of "
                    + purge.askedAt();
        }

        private static String json(TenantPurge purge) {
            try {
                return JSON.writeValueAsString(purge);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a purge cannot be written as JSON", e);
            }
        }
    }
}

package io.flexir.ops.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.contracts.wire.MessageCodec;
import io.flexir.contracts.work.ModelChoice;
import io.flexir.ops.local.client.Job;

import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.util.Locale;

/** Prints jobs: a line for people, or JSON for scripts. */
final class JobLines {

    private static final JsonMapper JSON = MessageCodec.newMapper();

    @Option(names = "--json", description = "Print each job as one line of JSON.")
    private boolean json;

    void print(PrintWriter out, Job job) {
        out.println(json ? json(job) : text(job));
        out.flush();
    }

    boolean isJson() {
        return json;
    }

    private static String json(Job job) {
        try {
            return JSON.writeValueAsString(job);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a job cannot be written as JSON", e);
        }
    }

    static String text(Job job) {
        String state = job.state().name().toLowerCase(Locale.ROOT);
        return job.id()
                + "  "
                + state
                + detail(job)
                + (job.degraded() ? ", degraded" : "")
                + (job.late() ? ", late" : "")
                + (job.retryOf() == null ? "" : ", retry of " + job.retryOf())
                + (job.retriedAs() == null ? "" : ", retried as " + job.retriedAs());
    }

    /** The model, where the fleet chose it. */
    private static String choice(Job.Receipt receipt) {
        ModelChoice choice = receipt.modelChoice();
        if (choice == null) {
            return "";
        }
        ModelChoice.Estimate quality = choice.jpegQuality();
        return String.format(
                Locale.ROOT,
                "%s (noise of sigma %.0f%s), ",
                receipt.model(),
                choice.noiseSigma().value(),
                quality == null
                        ? ""
                        : String.format(Locale.ROOT, ", JPEG quality %.0f", quality.value()));
    }

    private static String detail(Job job) {
        Job.Receipt receipt = job.receipt();
        Job.Progress progress = job.progress();
        Job.Problem problem = job.problem();
        if (receipt != null) {
            return String.format(
                    Locale.ROOT,
                    "  %spointer %.2f, %.1f GMACs, %.2f s, %d bytes",
                    choice(receipt),
                    receipt.meanPointer(),
                    receipt.gigaMacs(),
                    receipt.seconds().total(),
                    receipt.bytesOut());
        }
        if (progress != null) {
            return "  "
                    + progress.phase().name().toLowerCase(Locale.ROOT)
                    + ", "
                    + progress.regionsDone()
                    + " of "
                    + progress.regions()
                    + " regions";
        }
        return problem == null ? "" : "  " + problem.reason() + ": " + problem.detail();
    }
}

package io.flexir.ops.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.contracts.job.JobState;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.ops.local.client.FleetBatch;

import java.io.PrintWriter;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Batches as people and scripts read them. */
final class BatchLines {
    private static final JsonMapper JSON = MessageCodec.newMapper();

    private BatchLines() {}

    static void submitted(PrintWriter out, FleetBatch.Submitted batch, boolean json) {
        if (json) {
            out.println(json(batch));
        } else {
            out.println("batch " + batch.id() + "  " + batch.jobs().size() + " jobs");
            batch.jobs().forEach(job -> out.println(job.id() + "  " + job.key()));
        }
        out.flush();
    }

    /** What is left, and how to go on with it. */
    static void left(PrintWriter err, FleetBatch.Submitted batch, String key) {
        batch.refused()
                .forEach(no -> err.println("flexir: " + no.key() + ": " + no.problem().detail()));
        FleetBatch.Why problem = batch.problem();
        if (problem != null) {
            err.println(
                    "flexir: not all of it was taken: "
                            + problem.detail()
                            + " The same command with --key "
                            + key
                            + " goes on.");
        }
        if (batch.nextStartAfter() != null) {
            err.println(
                    "flexir: there are more objects; --start-after '"
                            + batch.nextStartAfter()
                            + "' submits those after these");
        }
        err.flush();
    }

    static void standing(PrintWriter out, FleetBatch batch, boolean json) {
        String states =
                Arrays.stream(JobState.values())
                        .filter(state -> batch.states().getOrDefault(state, 0) > 0)
                        .map(
                                state ->
                                        batch.states().get(state)
                                                + " "
                                                + state.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "));
        out.println(
                json
                        ? json(batch)
                        : "batch " + batch.id() + "  " + batch.total() + " jobs: " + states);
        out.flush();
    }

    private static String json(Object batch) {
        try {
            return JSON.writeValueAsString(batch);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a batch cannot be written as JSON", impossible);
        }
    }
}

package io.flexir.ops.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.contracts.wire.MessageCodec;
import io.flexir.ops.local.CannotStart;
import io.flexir.ops.local.bundles.StoredBundle;
import io.flexir.ops.local.client.Model;
import io.flexir.ops.local.terminal.TextTable;
import io.flexir.ops.local.terminal.TextTable.Column;
import io.flexir.ops.local.terminal.TextTable.Side;

import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Prints bundles: a table for people, or JSON for scripts. */
final class BundleLines {
    private static final JsonMapper JSON = MessageCodec.newMapper();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    void list(PrintWriter out, List<StoredBundle> bucket, List<Model> models) {
        if (json) {
            out.println(written(Map.of("bundles", bucket, "models", models)));
        } else {
            table(bucket, models).lines().forEach(out::println);
        }
        out.flush();
    }

    private static TextTable table(List<StoredBundle> bucket, List<Model> models) {
        TextTable table =
                new TextTable(
                        List.of(
                                new Column("digest", Side.LEFT),
                                new Column("model", Side.LEFT),
                                new Column("version", Side.LEFT),
                                new Column("bytes", Side.RIGHT),
                                new Column("state", Side.LEFT)));
        bucket.forEach(
                bundle ->
                        table.add(
                                List.of(
                                        bundle.digest(),
                                        bundle.name() == null ? "-" : bundle.name(),
                                        bundle.version() == null ? "-" : bundle.version(),
                                        Long.toString(bundle.bytes()),
                                        state(bundle, models))));
        models.stream()
                .filter(
                        model ->
                                bucket.stream()
                                        .noneMatch(
                                                bundle -> bundle.digest().equals(model.digest())))
                .forEach(
                        model ->
                                table.add(
                                        List.of(
                                                model.digest(),
                                                model.name(),
                                                model.version(),
                                                "-",
                                                "in force, of the schedulers' directory")));
        return table;
    }

    private static String state(StoredBundle bundle, List<Model> models) {
        if (bundle.problem() != null) {
            return "refused: " + bundle.problem();
        }
        for (Model model : models) {
            if (model.digest().equals(bundle.digest())) {
                return "in force";
            }
            Model.Activation activation = model.activation();
            if (activation != null && activation.digest().equals(bundle.digest())) {
                return "asked for, " + held(activation);
            }
        }
        return "";
    }

    /** How far the version is that was asked for last. */
    static void progress(PrintWriter out, Model model) {
        Model.Activation activation = model.activation();
        if (activation != null) {
            out.println(
                    model.name()
                            + "  "
                            + activation.digest()
                            + "  "
                            + (activation.inForce() ? "in force, " : "waits for workers, ")
                            + held(activation)
                            + (activation.problem() == null ? "" : "; " + activation.problem()));
            out.flush();
        }
    }

    private static String held(Model.Activation activation) {
        return activation.pools().isEmpty()
                ? "no worker is ready"
                : "held by "
                        + activation.pools().entrySet().stream()
                                .map(
                                        pool ->
                                                pool.getValue().holders()
                                                        + " of "
                                                        + pool.getValue().ready()
                                                        + " in "
                                                        + pool.getKey())
                                .sorted()
                                .collect(Collectors.joining(", "));
    }

    static Model of(List<Model> models, String name) {
        return models.stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CannotStart("there is no model " + name));
    }

    private static String written(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("bundles cannot be written as JSON", e);
        }
    }
}

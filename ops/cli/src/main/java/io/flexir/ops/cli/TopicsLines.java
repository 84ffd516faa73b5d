package io.flexir.ops.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.contracts.wire.MessageCodec;
import io.flexir.ops.local.broker.TopicSpec;
import io.flexir.ops.local.topics.Change;
import io.flexir.ops.local.topics.ClusterPlan;
import io.flexir.ops.local.topics.Verdict;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Prints what differs in a cluster: lines for people, or JSON for scripts. */
final class TopicsLines {
    private static final JsonMapper JSON = MessageCodec.newMapper();

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    /** What apply would do. */
    void planned(PrintWriter out, ClusterPlan plan) {
        print(out, plan, "planned", plan.changes());
        if (!json) {
            out.println(
                    plan.changes().isEmpty()
                            ? "Nothing differs."
                            : plan.changes().size() + " to change.");
            out.flush();
        }
    }

    /** What was done. */
    void applied(PrintWriter out, ClusterPlan plan) {
        print(out, plan, "applied", plan.changes());
        if (!json) {
            out.println(
                    plan.changes().isEmpty()
                            ? "Nothing differed."
                            : plan.changes().size() + " changed.");
            out.flush();
        }
    }

    /** What stood against doing anything. */
    void refused(PrintWriter out, ClusterPlan plan, List<Change> hindrances) {
        print(out, plan, "refused", hindrances);
        if (!json) {
            out.println(
                    "Nothing was changed: "
                            + hindrances.size()
                            + " of "
                            + plan.changes().size()
                            + " changes stand against it, as above.");
            out.flush();
        }
    }

    private void print(PrintWriter out, ClusterPlan plan, String state, List<Change> changes) {
        if (json) {
            Map<String, Object> all = new LinkedHashMap<>();
            all.put("state", state);
            all.put("changes", changes.stream().map(TopicsLines::fields).toList());
            all.put("leftAlone", plan.strangers());
            out.println(written(all));
        } else {
            changes.forEach(change -> out.println(line(change)));
            plan.strangers()
                    .forEach(
                            topic ->
                                    out.println(
                                            "  " + topic + "  is not of these pools; left alone"));
        }
        out.flush();
    }

    private static String line(Change change) {
        Map<String, Object> fields = fields(change);
        String what =
                fields.get("what")
                        + (fields.containsKey("from")
                                ? " " + orNone(fields.get("from")) + " -> " + fields.get("to")
                                : " " + fields.get("to"));
        String mark =
                switch (change.verdict()) {
                    case Verdict.Safe _ -> "+ ";
                    case Verdict.Loses _ -> "! ";
                    case Verdict.Refused _ -> "x ";
                };
        return mark + change.subject() + "  " + what + because(change);
    }

    private static Object orNone(Object value) {
        return value.equals("") ? "(none)" : value;
    }

    private static String because(Change change) {
        return switch (change.verdict()) {
            case Verdict.Safe _ -> "";
            case Verdict.Loses(String what) ->
                    "\n    loses " + what + ": only with --may-lose " + change.subject();
            case Verdict.Refused(String why) -> "\n    cannot be done: " + why;
        };
    }

    private static Map<String, Object> fields(Change change) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("subject", change.subject());
        switch (change) {
            case Change.Create create -> put(fields, "create", null, created(create.topic()));
            case Change.MorePartitions more ->
                    put(fields, "partitions", more.present(), more.topic().partitions());
            case Change.FewerPartitions fewer ->
                    put(fields, "partitions", fewer.present(), fewer.topic().partitions());
            case Change.MoreReplicas more -> put(fields, "replicas", more.present(), more.wanted());
            case Change.TopicSetting setting ->
                    put(fields, setting.setting(), setting.present(), setting.wanted());
            case Change.GroupSetting setting ->
                    put(fields, setting.setting(), setting.present(), setting.wanted());
        }
        switch (change.verdict()) {
            case Verdict.Safe _ -> fields.put("verdict", "safe");
            case Verdict.Loses(String what) -> {
                fields.put("verdict", "loses");
                fields.put("why", what);
            }
            case Verdict.Refused(String why) -> {
                fields.put("verdict", "refused");
                fields.put("why", why);
            }
        }
        return fields;
    }

    private static void put(
            Map<String, Object> fields, String what, @Nullable Object from, Object to) {
        fields.put("what", what);
        if (from != null) {
            fields.put("from", from);
        }
        fields.put("to", to);
    }

    private static String created(TopicSpec topic) {
        return topic.partitions()
                + (topic.partitions() == 1 ? " partition, " : " partitions, ")
                + topic.replicas()
                + (topic.replicas() == 1 ? " replica, " : " replicas, ")
                + new TreeMap<>(topic.config());
    }

    private static String written(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a plan cannot be written as JSON", e);
        }
    }
}

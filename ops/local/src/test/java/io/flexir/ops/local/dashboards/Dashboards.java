package io.flexir.ops.local.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The dashboards and rules of {@code ops/dashboards}. */
final class Dashboards {
    static final Path DIRECTORY = Path.of("..", "dashboards");
    static final Path RULES = DIRECTORY.resolve("rules.yml");

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern SERIES = Pattern.compile("\\bflexir[_a-z0-9:]+");

    private Dashboards() {}

    /** By name. */
    static Map<String, JsonNode> all() throws IOException {
        Map<String, JsonNode> dashboards = new LinkedHashMap<>();
        for (String name : List.of("operator", "quality-cost", "tenant")) {
            dashboards.put(name, JSON.readTree(DIRECTORY.resolve(name + ".json").toFile()));
        }
        return dashboards;
    }

    /** Queries of all panels, by dashboard and title, as Grafana writes them. */
    static Map<String, String> queries() throws IOException {
        Map<String, String> queries = new LinkedHashMap<>();
        all().forEach(
                        (name, dashboard) ->
                                dashboard
                                        .path("panels")
                                        .forEach(panel -> addQueries(queries, name, panel)));
        return queries;
    }

    private static void addQueries(Map<String, String> queries, String name, JsonNode panel) {
        panel.path("targets")
                .forEach(
                        target ->
                                queries.put(
                                        name
                                                + ": "
                                                + panel.path("title").asText()
                                                + " "
                                                + target.path("refId").asText(),
                                        target.path("expr").asText()));
    }

    /** What Grafana would send. */
    static String filledIn(String query) {
        return query.replace("$__rate_interval", "1m")
                .replace("$__range", "1h")
                .replace("$tenant", ".*");
    }

    /** Expressions of rules, by what they record or alert. */
    static Map<String, String> rules() throws IOException {
        Map<String, Object> file =
                new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(RULES));
        Map<String, String> rules = new LinkedHashMap<>();
        for (Object group : (List<?>) file.get("groups")) {
            for (Object each : (List<?>) ((Map<?, ?>) group).get("rules")) {
                Map<?, ?> rule = (Map<?, ?>) each;
                Object name = rule.get("record") == null ? rule.get("alert") : rule.get("record");
                rules.put(String.valueOf(name), String.valueOf(rule.get("expr")));
            }
        }
        return rules;
    }

    /** Where each alert says that it is explained, by its name. */
    static Map<String, String> runbooks() throws IOException {
        Map<String, Object> file =
                new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(RULES));
        Map<String, String> runbooks = new LinkedHashMap<>();
        for (Object group : (List<?>) file.get("groups")) {
            for (Object each : (List<?>) ((Map<?, ?>) group).get("rules")) {
                Map<?, ?> rule = (Map<?, ?>) each;
                if (rule.get("alert") != null) {
                    Map<?, ?> annotations = (Map<?, ?>) rule.get("annotations");
                    runbooks.put(
                            String.valueOf(rule.get("alert")),
                            String.valueOf(annotations.get("runbook_url")));
                }
            }
        }
        return runbooks;
    }

    /** Every series that queries and rules name. */
    static Set<String> series() throws IOException {
        Set<String> names = new TreeSet<>();
        Stream.concat(queries().values().stream(), rules().values().stream())
                .forEach(
                        query -> {
                            Matcher matcher = SERIES.matcher(query);
                            while (matcher.find()) {
                                names.add(matcher.group());
                            }
                        });
        return names;
    }
}

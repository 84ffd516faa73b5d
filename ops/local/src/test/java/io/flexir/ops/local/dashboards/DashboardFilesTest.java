package io.flexir.ops.local.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The dashboards as files: whether Grafana can load them is told by its model's fields. */
class DashboardFilesTest {
    private static final int COLUMNS = 24;

    @Test
    void each_dashboard_has_what_grafana_asks_for() throws IOException {
        Set<String> uids = new HashSet<>();
        for (Map.Entry<String, JsonNode> entry : Dashboards.all().entrySet()) {
            JsonNode dashboard = entry.getValue();
            assertThat(uids.add(dashboard.path("uid").asText())).as(entry.getKey()).isTrue();
            assertThat(dashboard.path("uid").asText()).matches("[a-zA-Z0-9_-]{1,40}");
            assertThat(dashboard.path("title").asText()).isNotBlank();
            assertThat(dashboard.path("schemaVersion").asInt()).isGreaterThanOrEqualTo(36);
            assertThat(dashboard.at("/time/from").asText()).isNotBlank();
            assertThat(dashboard.at("/templating/list/0/type").asText()).isEqualTo("datasource");
            assertThat(dashboard.path("panels").size()).isGreaterThanOrEqualTo(6);
        }
    }

    @Test
    void each_panel_stands_alone_and_asks_the_chosen_datasource() throws IOException {
        for (JsonNode dashboard : Dashboards.all().values()) {
            Set<Integer> ids = new HashSet<>();
            List<JsonNode> places = new ArrayList<>();
            for (JsonNode panel : dashboard.path("panels")) {
                String title = panel.path("title").asText();
                assertThat(ids.add(panel.path("id").asInt())).as(title).isTrue();
                assertThat(panel.path("description").asText()).as(title).isNotBlank();
                assertThat(panel.at("/fieldConfig/defaults/unit").asText()).as(title).isNotBlank();
                assertThat(panel.path("targets")).as(title).isNotEmpty();
                for (JsonNode target : panel.path("targets")) {
                    assertThat(target.path("expr").asText()).as(title).contains("flexir");
                    assertThat(target.at("/datasource/uid").asText()).isEqualTo("${datasource}");
                    assertThat(target.path("legendFormat").asText()).as(title).isNotBlank();
                }
                JsonNode place = panel.path("gridPos");
                assertThat(place.path("x").asInt() + place.path("w").asInt())
                        .isLessThanOrEqualTo(COLUMNS);
                assertThat(places).as(title).noneMatch(other -> overlap(other, place));
                places.add(place);
            }
        }
    }

    @Test
    void every_series_that_is_asked_for_is_documented_or_recorded() throws IOException {
        String documented = Files.readString(Dashboards.DIRECTORY.resolve("README.md"));
        Set<String> recorded = Dashboards.rules().keySet();

        for (String series : Dashboards.series()) {
            String metric = series.replaceAll("_(bucket|sum|count)$", "");
            assertThat(recorded.contains(series) || documented.contains("`" + metric))
                    .as(series)
                    .isTrue();
        }
    }

    private static boolean overlap(JsonNode one, JsonNode other) {
        return covers(one, other, "x", "w") && covers(one, other, "y", "h");
    }

    private static boolean covers(JsonNode one, JsonNode other, String at, String size) {
        int first = one.path(at).asInt();
        int second = other.path(at).asInt();
        return first < second + other.path(size).asInt() && second < first + one.path(size).asInt();
    }
}

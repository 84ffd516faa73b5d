package io.flexir.ops.local.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;

import io.flexir.contracts.request.Depth;
import io.flexir.ops.local.client.Job;
import io.flexir.ops.local.client.Submission;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

@Tag("full")
class FleetPageTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final double PATIENCE_MILLIS = 60_000;
    private static final int POINTERS = 6;

    /** The first stream never says a word, and the first wait for one is over at once. */
    private static final String SILENT_AT_FIRST =
            """
            const asked = fetch;
            const later = setTimeout;
            let streams = 0;
            let waits = 0;
            window.fetch = (path, options) => {
              if (!path.endsWith("/fleet/events") || streams++ > 0) {
                return asked(path, options);
              }
              const silent = new ReadableStream({
                start: (told) => options.signal.addEventListener(
                    "abort", () => told.error(options.signal.reason)),
              });
              return Promise.resolve(new Response(silent));
            };
            window.setTimeout = (tick, millis) =>
              later(tick, millis === 10000 && waits++ === 0 ? 100 : millis);
            """;

    private static Site site;
    private static Chromium browser;

    @BeforeAll
    static void start() {
        browser = Chromium.start();
        site = Site.start();
        byte[] small = NoisyPhoto.of("dog", 64, 64).png();
        byte[] wide = NoisyPhoto.of("city", 384, 192).png();
        List<Job> jobs = new ArrayList<>();
        for (int pointer = 1; pointer <= POINTERS; pointer++) {
            jobs.add(submit(small, new Depth.Fixed(pointer), null));
        }
        jobs.add(submit(wide, new Depth.Adaptive(1.0), null));
        jobs.add(submit(wide, new Depth.Automatic(), 60.0));
        jobs.add(submit(wide, new Depth.Automatic(), 60.0));
        jobs.add(submit(wide, new Depth.Automatic(), 0.001));
        jobs.forEach(job -> site.client().follow(job.id(), change -> {}));
    }

    @AfterAll
    static void stop() {
        if (site != null) {
            site.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void pointers_deadlines_and_degraded_are_those_of_the_jobs() {
        List<JsonNode> jobs = jobs();
        Page page = browser.page(Screen.LAPTOP_LIGHT);
        site.open(page, "/fleet");
        page.locator(".canvas canvas").first().waitFor();

        for (int pointer = 1; pointer <= POINTERS; pointer++) {
            int wanted = pointer;
            double granted =
                    jobs.stream()
                            .filter(job -> job.at("/receipt/budget/target").asInt() == wanted)
                            .count();
            comes(page, () -> columnSum(page, "Pointers granted", wanted), granted, 0);
            double used = jobs.stream().mapToDouble(job -> shareAt(job, wanted)).sum();
            comes(page, () -> columnSum(page, "Pointers used", wanted), used, 0.3);
        }
        List<JsonNode> due = jobs.stream().filter(job -> job.has("deadline")).toList();
        double kept =
                due.stream().filter(job -> !job.path("late").asBoolean()).count()
                        / (double) due.size();
        assertThat(kept).isBetween(0.1, 0.9);
        comes(page, () -> Shown.number(fact(page, "deadlines")), kept, 0.006);
        double degraded =
                jobs.stream().filter(job -> job.path("degraded").asBoolean()).count()
                        / (double) jobs.size();
        comes(page, () -> Shown.number(fact(page, "degraded")), degraded, 0.006);
        Chromium.keep(page, "fleet", Screen.LAPTOP_LIGHT);
    }

    @Test
    void workers_are_those_of_the_api_and_the_policy_is_that_in_force() {
        Page page = browser.page(Screen.PHONE_DARK);
        site.open(page, "/fleet");
        JsonNode worker = site.api("/v1/workers").at("/workers/0");
        Locator row = page.locator("[data-worker='" + worker.path("id").asText() + "']");
        row.waitFor();

        assertThat(page.locator("[data-worker]")).hasCount(1);
        assertThat(row.locator(".state-chip")).hasText(worker.path("state").asText());
        assertThat(row).containsText(worker.at("/device/name").asText());
        assertThat(row.locator(".tag")).hasCount(worker.path("models").size());
        for (JsonNode model : worker.path("models")) {
            String name = model.path("name").asText() + " ";
            String shown =
                    row.locator(".tag")
                            .filter(new Locator.FilterOptions().setHasText(name))
                            .innerText();
            Shown.says(
                    shown.substring(name.length(), shown.indexOf(" GMAC/s")),
                    model.path("gigaMacsPerSecond").asDouble());
        }
        assertThat(page.locator("[data-fact=policy]"))
                .hasText(site.api("/v1/policy").path("version").asText().split("@")[0]);
        row.evaluate("row => { row.id = 'before'; row.closest('.scroll').scrollLeft = 40; }");
        assertThat(page.locator("#before")).hasCount(0);
        assertThat(row.evaluate("row => row.closest('.scroll').scrollLeft")).isEqualTo(40);
        Chromium.keep(page, "fleet", Screen.PHONE_DARK);
    }

    @Test
    void what_waits_is_shown_while_it_waits_and_what_ends_without_being_asked() {
        Page page = browser.page(Screen.LAPTOP_DARK);
        site.open(page, "/fleet");
        page.locator("[data-fact=degraded]").waitFor();
        int before = jobs().size();
        assertThat(page.getByText("of " + before + " images, last hour")).isVisible();

        byte[] large = NoisyPhoto.of("city", 448, 448).png();
        List<Job> jobs =
                Stream.generate(() -> submit(large, new Depth.Automatic(), null)).limit(6).toList();

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(Shown.number(fact(page, "queued"))).isPositive());
        JsonNode work = site.api("/v1/fleet").path("work");
        assertThat(work.path("secondsAtFullDepth").asDouble()).isPositive();
        // Both at one moment, in seconds: they go down while the worker works.
        String[] backlog =
                page.evaluate(
                                "['full', 'floor'].map((part) => document.querySelector(`[data-fact=backlog-${part}]`).innerText).join()")
                        .toString()
                        .split(",");
        assertThat(Shown.number(backlog[0])).isPositive();
        // What a job takes beside its network is the same at both: much, where that is fast.
        assertThat(Shown.number(backlog[1])).isBetween(0.0, 0.9 * Shown.number(backlog[0]));
        Chromium.keep(page, "fleet-busy", Screen.LAPTOP_DARK);
        jobs.forEach(job -> site.client().follow(job.id(), change -> {}));
        page.getByText("of " + (before + 6) + " images, last hour")
                .waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE_MILLIS));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(fact(page, "queued")).isEqualTo("0"));
    }

    @Test
    void a_lost_connection_is_said_and_taken_up_again() {
        Page page = browser.page(Screen.PHONE_LIGHT);
        site.open(page, "/fleet");
        assertThat(page.locator(".connection")).hasText("live");

        page.context().setOffline(true);
        page.evaluate("window.stop()");
        assertThat(page.locator(".connection")).hasText("reconnecting …");
        Chromium.keep(page, "fleet-reconnecting", Screen.PHONE_LIGHT);
        page.context().setOffline(false);

        assertThat(page.locator(".connection"))
                .hasText(
                        "live", new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE_MILLIS));
    }

    @Test
    void a_connection_that_says_nothing_is_taken_up_again() {
        Page page = browser.page(Screen.LAPTOP_LIGHT);
        page.addInitScript(SILENT_AT_FIRST);

        site.open(page, "/fleet");

        assertThat(page.locator("[data-fact=degraded]")).isVisible();
    }

    @Test
    void ready_workers_are_those_of_all_pools_and_nearly_all_deadlines_are_not_all() {
        ObjectNode fleet = site.api("/v1/fleet").deepCopy();
        fleet.put("workerCount", 700);
        fleet.putObject("pools")
                .putObject("many")
                .put("desiredWorkers", 695)
                .put("readyWorkers", 690);
        ObjectNode slice = fleet.path("slices").get(0).deepCopy();
        slice.put("withDeadline", 1000).put("onTime", 996);
        fleet.putArray("slices").add(slice);
        Page page = browser.page(Screen.LAPTOP_LIGHT);
        page.route(
                "**/v1/fleet/events",
                route ->
                        route.fulfill(
                                new Route.FulfillOptions()
                                        .setContentType("text/event-stream")
                                        .setBody("event: fleet\ndata: " + fleet + "\n\n")));

        site.open(page, "/fleet");

        assertThat(page.locator("[data-fact=ready]")).hasText("690");
        assertThat(page.locator("[data-fact=deadlines]")).hasText("99.6%");
    }

    private static Job submit(byte[] image, Depth depth, @Nullable Double deadline) {
        return site.client()
                .submit(
                        new Submission(
                                Submission.Input.inline(image),
                                Site.DENOISER,
                                depth,
                                deadline,
                                null,
                                null,
                                null,
                                null,
                                null));
    }

    /** Every job with its regions. */
    private static List<JsonNode> jobs() {
        List<JsonNode> jobs = new ArrayList<>();
        site.api("/v1/jobs?limit=500&state=succeeded")
                .path("jobs")
                .forEach(job -> jobs.add(site.api("/v1/jobs/" + job.path("id").asText())));
        return jobs;
    }

    private static double shareAt(JsonNode job, int pointer) {
        double at = 0;
        double all = 0;
        for (JsonNode region : job.at("/receipt/regions")) {
            double area = region.path("width").asDouble() * region.path("height").asDouble();
            all += area;
            at += region.path("pointer").asInt() == pointer ? area : 0;
        }
        return at / all;
    }

    /** The page is told once a second, of jobs that end a little earlier for who follows them. */
    private static void comes(Page page, DoubleSupplier shown, double value, double within) {
        page.waitForCondition(() -> Math.abs(shown.getAsDouble() - value) <= within);
        assertThat(shown.getAsDouble()).isCloseTo(value, within(within));
    }

    /** Over all rows of a chart's table. */
    private static double columnSum(Page page, String chart, int column) {
        Locator figure =
                page.locator("figure", new Page.LocatorOptions().setHasText(chart)).first();
        Locator table = figure.locator("details");
        if (table.getAttribute("open") == null) {
            table.locator("summary").click();
        }
        return table.locator("tbody tr td:nth-child(" + (column + 1) + ")").allInnerTexts().stream()
                .filter(text -> !text.equals("–"))
                .mapToDouble(Shown::number)
                .sum();
    }

    private static String fact(Page page, String name) {
        return page.locator("[data-fact=" + name + "]").innerText();
    }
}

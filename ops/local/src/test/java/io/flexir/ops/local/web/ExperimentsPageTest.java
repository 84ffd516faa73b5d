package io.flexir.ops.local.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.AriaRole;

import io.flexir.contracts.request.Depth;
import io.flexir.ops.local.client.Job;
import io.flexir.ops.local.client.Submission;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.stream.Stream;

@Tag("full")
class ExperimentsPageTest {
    private static final int PATIENCE_MILLIS = 60_000;

    /** Keeps which of the page's timers run. */
    private static final String KEPT_TIMERS =
            """
            const begun = setInterval;
            const ended = clearInterval;
            window.timers = new Set();
            window.setInterval = (tick, millis) => {
              const timer = begun(tick, millis);
              timers.add(timer);
              return timer;
            };
            window.clearInterval = (timer) => {
              timers.delete(timer);
              ended(timer);
            };
            """;

    private static Site site;
    private static Chromium browser;

    @BeforeAll
    static void start() {
        browser = Chromium.start();
        site = Site.start();
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
    void an_experiment_is_started_rated_blindly_compared_and_won() {
        Page page = browser.page(Screen.LAPTOP_LIGHT);
        page.addInitScript(KEPT_TIMERS);
        site.open(page, "/experiments");
        assertThat(page.getByText("No experiment yet")).isVisible();
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill("dial");
        page.locator("#variant-1-name").fill("shallow");
        page.locator("#variant-1-way").selectOption("fixed");
        page.locator("#variant-1-value").fill("1");
        page.locator("#variant-2-name").fill("deep");
        page.locator("#variant-2-way").selectOption("fixed");
        page.locator("#variant-2-value").fill("4");
        page.getByText("Start", new Page.GetByTextOptions().setExact(true)).click();
        page.locator("[data-experiment=dial] [data-variant=deep]")
                .waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE_MILLIS));
        page.route(
                "**/v1/experiments/dial",
                route -> route.fulfill(new Route.FulfillOptions().setStatus(503)));
        assertThat(page.getByRole(AriaRole.ALERT)).isVisible();
        page.unroute("**/v1/experiments/dial");
        assertThat(page.getByRole(AriaRole.ALERT)).hasCount(0);

        byte[] image = NoisyPhoto.of("dog", 96, 96).png();
        List<Job> jobs = Stream.generate(() -> automatic(image)).limit(8).toList();
        jobs.forEach(job -> site.client().follow(job.id(), change -> {}));
        page.reload();
        page.getByText("Rate a result").click();
        for (int rating = 1; rating <= 3; rating++) {
            Locator stars = page.locator(".rate");
            stars.waitFor(new Locator.WaitForOptions().setTimeout(PATIENCE_MILLIS));
            String job = stars.getAttribute("data-job");
            assertThat(page.locator(".viewer")).not().containsText("deep");
            assertThat(page.locator(".viewer .exits")).hasCount(0);
            page.getByLabel(rating + " of 5").click();
            page.waitForCondition(
                    () -> !job.equals(page.locator(".rate").getAttribute("data-job")));
        }
        Chromium.keep(page, "experiments", Screen.LAPTOP_LIGHT);

        page.reload();
        page.locator("[data-variant=deep]").waitFor();
        JsonNode results = site.api("/v1/experiments/dial").path("results");
        long rated = 0;
        double stars = 0;
        for (JsonNode result : results) {
            Locator row = page.locator("[data-variant=" + result.path("variant").asText() + "]");
            assertThat(row.locator("[data-measure=jobs]")).hasText(result.path("jobs").asText());
            rated += result.at("/rating/samples").asLong();
            stars += result.at("/rating/samples").asLong() * result.at("/rating/mean").asDouble();
            for (String measure : new String[] {"rating", "gigaMacs", "seconds"}) {
                if (result.has(measure)) {
                    Shown.says(
                            row.locator("[data-measure=" + measure + "] b").innerText(),
                            result.at("/" + measure + "/mean").asDouble());
                }
            }
        }
        assertThat(rated).isEqualTo(3);
        assertThat(stars).isCloseTo(1 + 2 + 3, within(1e-9));
        assertThat(results.findValuesAsText("variant")).containsExactly("shallow", "deep");

        page.getByLabel("Promote deep").click();
        assertThat(page.getByText("Won by deep").first()).isVisible();
        assertThat(site.api("/v1/policy").at("/policy/pointer").asInt()).isEqualTo(4);
        page.getByText("End it").click();
        assertThat(page.getByText("No experiment yet")).isVisible();
        // What was drawn before each change refreshes no more.
        page.waitForCondition(() -> page.evaluate("() => timers.size").equals(1));
    }

    private static Job automatic(byte[] image) {
        return site.client()
                .submit(
                        Submission.of(
                                Submission.Input.inline(image),
                                Site.DENOISER,
                                new Depth.Automatic()));
    }
}

package io.flexir.ops.local.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;

import io.flexir.contracts.request.Depth;
import io.flexir.ops.local.client.Job;
import io.flexir.ops.local.client.Submission;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

@Tag("full")
class JobsPageTest {
    private static final int JOBS = 30;

    /** Leaves a mark at a row, which is gone once the rows are drawn anew. */
    private static final String SCROLL_AND_REFRESH =
            """
            () => {
              const list = document.querySelector(".scroll");
              list.scrollLeft = 50;
              list.querySelector("tbody tr").id = "before";
              refresh();
            }""";

    private static Site site;
    private static Chromium browser;

    @BeforeAll
    static void start() {
        browser = Chromium.start();
        site = Site.start();
        byte[] image = NoisyPhoto.of("dog", 48, 48).png();
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < JOBS; i++) {
            jobs.add(submit(image, Site.DENOISER, new Depth.Fixed(1 + i % 6)));
        }
        jobs.add(submit(new byte[] {1, 2, 3}, Site.DENOISER, new Depth.Fixed(1)));
        jobs.add(submit(NoisyPhoto.of("dog", 96, 96).png(), null, new Depth.Fixed(1)));
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
    void the_list_is_that_of_the_api_page_by_page() {
        Page page = browser.page(Screen.LAPTOP_DARK);
        site.open(page, "/jobs");
        Locator rows = page.locator("tr[data-job]");
        assertThat(rows).hasCount(25);
        Chromium.keep(page, "jobs", Screen.LAPTOP_DARK);

        List<Route> held = new ArrayList<>();
        page.route(Pattern.compile("cursor="), held::add);

        page.getByText("Show more").dblclick();
        page.waitForCondition(() -> !held.isEmpty());
        held.forEach(Route::resume);

        assertThat(rows).hasCount(JOBS + 2);
        assertThat(rows.nth(25).locator("a")).isFocused();
        assertThat(held).hasSize(1);
        JsonNode jobs = site.api("/v1/jobs?limit=500").path("jobs");
        for (int i = 0; i < jobs.size(); i++) {
            JsonNode job = jobs.get(i);
            assertThat(rows.nth(i)).hasAttribute("data-job", job.path("id").asText());
            assertThat(rows.nth(i).locator(".state-chip").first())
                    .hasText(job.path("state").asText());
            String wanted = job.path("model").asText();
            String used = job.at("/receipt/model").asText(wanted);
            assertThat(rows.nth(i).locator("td").nth(2))
                    .hasText(used.equals(wanted) ? wanted : wanted + " → " + used);
            if (job.has("receipt")) {
                assertThat(rows.nth(i).locator(".pointer"))
                        .hasText("P" + job.at("/receipt/meanPointer").asInt());
                Shown.says(
                        rows.nth(i).locator("td").nth(5).innerText(),
                        job.at("/receipt/gigaMacs").asDouble());
            }
        }
    }

    @Test
    void filters_leave_what_they_say_and_an_empty_list_says_so() {
        Page page = browser.page(Screen.PHONE_LIGHT);
        page.addInitScript("window.setInterval = (tick) => { window.refresh = tick; };");
        site.open(page, "/jobs");
        page.locator("tr[data-job]").first().waitFor();
        page.waitForCondition(() -> page.evaluate("() => 'refresh' in window").equals(true));

        page.evaluate(SCROLL_AND_REFRESH);
        assertThat(page.locator("#before")).hasCount(0);
        assertThat(page.locator(".scroll").evaluate("list => list.scrollLeft")).isEqualTo(50);
        page.selectOption("#state", "rejected");
        assertThat(page.locator("tr[data-job]")).hasCount(1);
        assertThat(page.locator("tr[data-job] .state-chip")).hasText("rejected");
        Chromium.keep(page, "jobs", Screen.PHONE_LIGHT);
        page.selectOption("#state", "cancelled");
        assertThat(page.getByText("No job is like that")).isVisible();
        page.selectOption("#state", "");
        page.selectOption("#model", "jpeg-color-s");
        assertThat(page.getByText("No job is like that")).isVisible();
        page.getByLabel("Model asked for").selectOption("auto");
        assertThat(page.locator("tr[data-job]")).hasCount(1);
        page.selectOption("#model", Site.DENOISER);
        assertThat(page.locator("tr[data-job]")).hasCount(25);
        page.locator("tr[data-job] a").first().click();
        assertThat(page.locator("h1")).containsText("Job ");
        assertThat(page.url()).contains("#/jobs/");
    }

    private static Job submit(byte[] image, @Nullable String model, Depth depth) {
        return site.client().submit(Submission.of(Submission.Input.inline(image), model, depth));
    }
}

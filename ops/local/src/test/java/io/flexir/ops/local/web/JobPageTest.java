package io.flexir.ops.local.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.OnMiss;
import io.flexir.ops.local.client.Job;
import io.flexir.ops.local.client.Submission;
import io.flexir.ops.local.quality.ImageFiles;
import io.flexir.ops.local.quality.RgbImage;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.StreamSupport;

@Tag("full")
class JobPageTest {
    private static Site site;
    private static Chromium browser;

    /** An adaptive one of several regions. */
    private static JsonNode adaptive;

    private static NoisyPhoto photo;

    @BeforeAll
    static void start() {
        browser = Chromium.start();
        site = Site.start();
        photo = NoisyPhoto.of("city", 512, 448);
        adaptive = restored(photo, new Depth.Adaptive(1.0), null, null);
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
    void what_it_cost_is_what_the_receipt_says() {
        Page page = open(adaptive, Screen.LAPTOP_LIGHT);
        JsonNode receipt = adaptive.path("receipt");

        Shown.says(fact(page, "gigaMacs"), receipt.path("gigaMacs").asDouble());
        Shown.says(fact(page, "joules"), receipt.at("/energy/joules").asDouble());
        Shown.says(fact(page, "meanPointer"), receipt.path("meanPointer").asDouble());
        assertThat(fact(page, "deepestPointer")).isEqualTo(receipt.path("deepestPointer").asText());
        assertThat(fact(page, "regionCount")).isEqualTo(receipt.path("regionCount").asText());
        double total = 0;
        for (Map.Entry<String, JsonNode> phase : receipt.path("seconds").properties()) {
            Shown.says(
                    page.locator("[data-phase=" + phase.getKey() + "]").innerText(),
                    phase.getValue().asDouble());
            total += phase.getValue().asDouble();
        }
        Shown.says(fact(page, "seconds"), total);
        Chromium.keep(page, "job", Screen.LAPTOP_LIGHT);
    }

    @Test
    void the_map_of_exits_has_each_region_of_the_receipt_where_it_is() {
        Page page = open(adaptive, Screen.LAPTOP_DARK);
        page.getByLabel("Map of exits", new Page.GetByLabelOptions().setExact(true)).check();
        JsonNode regions = adaptive.at("/receipt/regions");
        assertThat(regions.size()).isGreaterThan(4);

        Locator cells = page.locator(".exits g");
        assertThat(cells).hasCount(regions.size());
        double all = 512.0 * 448;
        Map<Integer, Double> shares = new TreeMap<>();
        for (int i = 0; i < regions.size(); i++) {
            JsonNode region = regions.get(i);
            Locator cell = cells.nth(i);
            for (String field : new String[] {"x", "y", "width", "height"}) {
                assertThat(cell.locator("rect")).hasAttribute(field, region.path(field).asText());
            }
            assertThat(cell.locator("text")).hasText(region.path("pointer").asText());
            assertThat(cell).isVisible();
            shares.merge(
                    region.path("pointer").asInt(),
                    region.path("width").asDouble() * region.path("height").asDouble() / all,
                    Double::sum);
        }
        assertThat(shares).as("regions that differ").hasSizeGreaterThan(1);
        shares.forEach(
                (pointer, share) ->
                        assertThat(
                                        Shown.number(
                                                page.locator(
                                                                ".legend [data-pointer='"
                                                                        + pointer
                                                                        + "']")
                                                        .innerText()
                                                        .replaceFirst("P\\d+", "")))
                                .isEqualTo(share, within(0.006)));
        // Where the line's range lies over the cells, a cell would not be pointed at.
        cells.last().hover();
        Chromium.keep(page, "job-exits", Screen.LAPTOP_DARK);
    }

    @Test
    void before_is_the_input_and_after_the_result_pixel_by_pixel() throws IOException {
        Page page = open(adaptive, Screen.LAPTOP_LIGHT);
        page.locator(".segments label:has-text('1:1') input").first().check();
        RgbImage result = ImageFiles.decode(site.client().result(adaptive.path("id").asText()));

        Viewer.wipe(page, 100);
        assertThat(Viewer.difference(page, photo.noisy())).isLessThan(0.5);
        assertThat(Viewer.difference(page, result)).isGreaterThan(5);
        Viewer.wipe(page, 0);
        assertThat(Viewer.difference(page, result)).isLessThan(0.5);

        page.locator(".wipe").focus();
        page.keyboard().press("End");
        assertThat(page.locator(".wipe")).hasValue("100");
        assertThat(Viewer.difference(page, photo.noisy())).isLessThan(0.5);
    }

    @Test
    void the_download_is_the_result_whatever_the_clock_of_who_looks() throws Exception {
        Page page = browser.page(Screen.LAPTOP_LIGHT);
        Viewer.setClockAhead(page);
        open(adaptive, page);

        Download download = page.waitForDownload(() -> page.getByText("Download").click());

        byte[] bytes = Files.readAllBytes(download.path());
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)))
                .isEqualTo(adaptive.at("/receipt/resultSha256").asText());
        assertThat(download.suggestedFilename())
                .isEqualTo("restored-" + adaptive.path("id").asText().substring(0, 12) + ".png");
    }

    @Test
    void a_sentence_says_why_it_got_its_pointer() {
        NoisyPhoto small = NoisyPhoto.of("dog", 96, 96);
        JsonNode regions = adaptive.at("/receipt/regions");
        long early =
                StreamSupport.stream(regions.spliterator(), false)
                        .filter(region -> region.path("pointer").asInt() < 6)
                        .count();

        assertThat(why(adaptive))
                .contains("granted pointer 6, the last stage of its model")
                .contains(early + " regions of " + regions.size());
        assertThat(why(restored(small, new Depth.Fixed(2), null, null)))
                .contains("You asked for pointer 2")
                .contains("All of it ended at pointer 2.");
        assertThat(why(restored(small, new Depth.Automatic(), null, 4)))
                .contains("granted pointer 4, your target");
        assertThat(why(restored(small, new Depth.Automatic(), 60.0, null)))
                .contains("It met its deadline with");
        assertThat(why(restored(small, new Depth.Automatic(), 0.001, null)))
                .contains("Its deadline came near")
                .contains("at pointer 1 at the least")
                .contains("It was late by");
        site.client().changePolicy(new BudgetPolicy.Fixed(3));
        assertThat(why(restored(small, new Depth.Automatic(), null, null)))
                .contains("The policy grants every job pointer 3");
        site.client().resetPolicy();
        JsonNode chosen =
                ended(
                        site.client()
                                .submit(
                                        Submission.of(
                                                site.client().input(small.png()),
                                                null,
                                                new Depth.Fixed(1))));
        assertThat(why(chosen))
                .contains("The model " + chosen.at("/receipt/model").asText() + " was chosen");
    }

    @Test
    void a_job_that_is_followed_shows_each_change_without_being_asked() {
        Job job =
                site.client()
                        .submit(
                                Submission.of(
                                        site.client().input(NoisyPhoto.of("dog", 512, 512).png()),
                                        Site.DENOISER,
                                        new Depth.Fixed(6)));
        Page page = browser.page(Screen.PHONE_LIGHT);
        site.open(page, "/jobs/" + job.id());
        page.locator("progress").waitFor();
        Chromium.keep(page, "job-running", Screen.PHONE_LIGHT);

        page.locator(".viewer").waitFor(new Locator.WaitForOptions().setTimeout(120_000));

        JsonNode ended = site.api("/v1/jobs/" + job.id());
        assertThat(page.locator(".state-chip").first()).hasText("succeeded");
        Shown.says(fact(page, "gigaMacs"), ended.at("/receipt/gigaMacs").asDouble());
        assertThat(page.locator("h1")).isFocused();
        page.getByLabel("5 of 5").click();
        assertThat(page.getByText("Rated 5 of 5")).isVisible();
        Chromium.keep(page, "job-ended", Screen.PHONE_LIGHT);
    }

    @Test
    void a_job_that_has_ended_is_asked_for_until_a_scheduler_that_is_behind_knows_it_too() {
        String id = adaptive.path("id").asText();
        ObjectNode behind = adaptive.deepCopy();
        behind.put("state", "running").remove(List.of("finishedAt", "receipt"));
        AtomicInteger asked = new AtomicInteger();
        Page page = browser.page(Screen.LAPTOP_LIGHT);
        page.route(
                "**/v1/jobs/" + id,
                route -> {
                    if (asked.incrementAndGet() <= 3) {
                        route.fulfill(
                                new Route.FulfillOptions()
                                        .setContentType("application/json")
                                        .setBody(behind.toString()));
                    } else {
                        route.resume();
                    }
                });

        site.open(page, "/jobs/" + id);
        page.locator(".viewer").waitFor();

        assertThat(page.locator(".state-chip").first()).hasText("succeeded");
        assertThat(asked).hasValue(4);
    }

    @Test
    void a_job_that_nobody_knows_says_so() {
        Page page = browser.page(Screen.PHONE_DARK);
        site.open(page, "/jobs/nobody-knows-me");

        assertThat(page.locator("[role=alert]")).containsText("No job is called nobody-knows-me");
        Chromium.keep(page, "job-unknown", Screen.PHONE_DARK);
    }

    private static JsonNode restored(
            NoisyPhoto of, Depth depth, @Nullable Double deadline, @Nullable Integer target) {
        return ended(
                site.client()
                        .submit(
                                new Submission(
                                        site.client().input(of.png()),
                                        Site.DENOISER,
                                        depth,
                                        deadline,
                                        null,
                                        null,
                                        target,
                                        OnMiss.DEGRADE,
                                        null)));
    }

    private static JsonNode ended(Job job) {
        assertThat(site.client().follow(job.id(), change -> {}).succeeded()).isTrue();
        return site.api("/v1/jobs/" + job.id());
    }

    private static Page open(JsonNode job, Screen screen) {
        return open(job, browser.page(screen));
    }

    private static Page open(JsonNode job, Page page) {
        site.open(page, "/jobs/" + job.path("id").asText());
        Viewer.awaitPictures(page);
        return page;
    }

    private static String why(JsonNode job) {
        Page page = open(job, Screen.LAPTOP_LIGHT);
        String sentence = page.locator("#why").innerText();
        page.close();
        return sentence;
    }

    private static String fact(Page page, String name) {
        return page.locator("[data-fact=" + name + "]").innerText();
    }
}

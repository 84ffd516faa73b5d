package io.flexir.ops.local.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;

import io.flexir.contracts.request.Depth;
import io.flexir.ops.local.client.Job;
import io.flexir.ops.local.client.Submission;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Quality, costs: what is shown is added up again from the receipts of the jobs. */
@Tag("full")
class QualityPageTest {
    /** What a worker's hour costs without a price list, in USD. */
    private static final double WORKER_HOUR = 0.10;

    private static final double DECIBELS = 0.0051;

    private static Site site;
    private static Chromium browser;

    @BeforeAll
    static void start() {
        browser = Chromium.start();
        site = Site.start();
        byte[] image = NoisyPhoto.of("city", 384, 256).png();
        List<Job> jobs = new ArrayList<>();
        for (int pointer : new int[] {1, 3, 3, 6}) {
            jobs.add(submit(image, new Depth.Fixed(pointer)));
        }
        Job adaptive = submit(image, new Depth.Adaptive(1.0));
        jobs.add(adaptive);
        jobs.forEach(job -> site.client().follow(job.id(), change -> {}));
        site.client().rate(jobs.get(1).id(), Map.of("psnr", 29.0));
        site.client().rate(jobs.get(2).id(), Map.of("psnr", 30.0));
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
    void the_frontier_is_the_calibration_and_the_traffic_sits_where_its_receipts_put_it() {
        Page page = open(Screen.LAPTOP_LIGHT);
        JsonNode model = site.model(Site.DENOISER);

        Locator circles = page.locator("[data-model='" + Site.DENOISER + "'] circle");
        assertThat(circles).hasCount(6);
        for (int at = 0; at < 6; at++) {
            JsonNode figures = model.path("pointers").get(at);
            assertThat(number(circles.nth(at), "data-y"))
                    .isEqualTo(figures.path("psnr").asDouble());
            assertThat(number(circles.nth(at), "data-x"))
                    .isCloseTo(figures.path("macsPerPixel").asDouble() / 1e3, within(1e-9));
        }
        Locator traffic = page.locator(".frontier .mark.traffic");
        assertThat(traffic).hasCount(1);
        assertThat(number(traffic, "data-x"))
                .isCloseTo(jobs().sum("/receipt/gigaMacs") / (5 * 384 * 256 / 1e6), within(1e-6));
        assertThat(number(traffic, "data-y")).isCloseTo(jobs().expectedPsnr(model), within(1e-6));
        Locator threshold = page.locator(".frontier .mark.threshold");
        assertThat(threshold).hasCount(1);
        Locator reference = page.locator(".frontier .mark.reference");
        assertThat(number(reference, "data-y")).isEqualTo(29.5);
        Chromium.keep(page, "quality", Screen.LAPTOP_LIGHT);
    }

    @Test
    void what_if_is_the_sum_of_all_images_at_that_pointer() {
        Page page = open(Screen.PHONE_DARK);
        JsonNode model = site.model(Site.DENOISER);
        double perPixel = model.at("/pointers/1/macsPerPixel").asDouble();

        page.locator("#what-if").fill("2");

        double macs = 0;
        double seconds = 0;
        for (JsonNode job : jobs().all()) {
            JsonNode receipt = job.path("receipt");
            double own = receipt.path("gigaMacs").asDouble();
            // A plain run tells the pixels that were fed; an adaptive one is taken at its own size.
            boolean plain = receipt.at("/inference/kind").asText().equals("regular");
            double reached =
                    model.path("pointers")
                            .get(receipt.path("deepestPointer").asInt() - 1)
                            .path("macsPerPixel")
                            .asDouble();
            double other = plain ? own * perPixel / reached : 384 * 256 * perPixel / 1e9;
            macs += other;
            seconds +=
                    ToldJobs.seconds(receipt)
                            + receipt.at("/seconds/inference").asDouble() * (other / own - 1);
        }
        Shown.says(cell(page, "gigaMacs", "would"), macs);
        Shown.says(cell(page, "gigaMacs", "was"), jobs().sum("/receipt/gigaMacs"));
        Shown.says(cell(page, "seconds", "would"), seconds);
        Shown.says(money(cell(page, "money", "would")), seconds / 3600 * WORKER_HOUR);
        double psnr = model.at("/pointers/1/psnr").asDouble();
        assertThat(Shown.number(cell(page, "psnr", "would"))).isCloseTo(psnr, within(DECIBELS));
        assertThat(Shown.number(cell(page, "psnr", "was")))
                .isCloseTo(jobs().expectedPsnr(model), within(DECIBELS));
        assertThat(page.locator("#verdict"))
                .containsText(psnr > jobs().expectedPsnr(model) ? "more" : "less");
        Chromium.keep(page, "quality", Screen.PHONE_DARK);
    }

    @Test
    void what_if_by_threshold_takes_the_share_that_its_images_took() {
        Page page = open(Screen.LAPTOP_DARK);

        page.locator("input[name=what-if-kind][value=threshold]").check();

        assertThat(page.locator(".dial output")).hasText("sharpness 1");
        JsonNode model = quality();
        JsonNode ran = model.at("/adaptive/0");
        double share =
                ran.at("/traffic/cost/gigaMacs").asDouble()
                        / ran.at("/fullDepth/gigaMacs").asDouble();
        assertThat(ran.at("/traffic/cost/gigaMacs").asDouble())
                .isCloseTo(
                        jobs().all().stream()
                                .filter(
                                        job ->
                                                job.at("/receipt/inference/kind")
                                                        .asText()
                                                        .equals("adaptive"))
                                .mapToDouble(job -> job.at("/receipt/gigaMacs").asDouble())
                                .sum(),
                        within(1e-9));
        Shown.says(
                cell(page, "gigaMacs", "would"),
                model.at("/fixed/5/cost/gigaMacs").asDouble() * share);
        Chromium.keep(page, "quality-threshold", Screen.LAPTOP_DARK);
    }

    @Test
    void the_chosen_threshold_stays_chosen_when_a_lower_one_has_run_too() {
        Page page = browser.page(Screen.LAPTOP_LIGHT);
        page.addInitScript("window.setInterval = (tick) => { window.refresh = tick; };");
        JsonNode now = site.api("/v1/quality");
        AtomicReference<JsonNode> told = new AtomicReference<>(now);
        page.route("**/v1/quality", route -> route.fulfill(json(told.get())));
        open(page);
        page.locator("input[name=what-if-kind][value=threshold]").check();
        String before = cell(page, "gigaMacs", "would");
        page.getByText("As a table").click();
        page.locator(".answer table").evaluate("table => { table.id = 'before'; }");
        ObjectNode same = now.deepCopy();
        told.set(same.put("from", same.path("to").asText()));
        page.evaluate("() => refresh()");
        assertThat(page.locator("#before")).isVisible();
        told.set(withLowerThreshold(now.deepCopy()));

        page.evaluate("() => refresh()");

        assertThat(page.locator(".frontier .mark.threshold")).hasCount(2);
        assertThat(page.getByLabel("Quality and cost by pointer")).isVisible();
        assertThat(page.locator(".dial output")).hasText("sharpness 1");
        assertThat(page.locator("#what-if")).hasValue("1");
        assertThat(cell(page, "gigaMacs", "would")).isEqualTo(before);
        page.locator("#what-if").fill("0");
        assertThat(page.locator(".dial output")).hasText("sharpness 0.5");
        assertThat(cell(page, "gigaMacs", "would")).isNotEqualTo(before);
    }

    @Test
    void costs_are_the_sum_of_the_receipts_by_any_grouping() {
        Page page = browser.page(Screen.LAPTOP_LIGHT);
        site.open(page, "/costs");
        page.locator("[data-fact=money]").waitFor();
        double seconds = jobs().seconds();

        assertThat(page.locator("[data-fact=images]")).hasText("5");
        Shown.says(page.locator("[data-fact=seconds]").innerText(), seconds);
        Shown.says(
                page.locator("[data-fact=joules]").innerText(),
                jobs().sum("/receipt/energy/joules"));
        Shown.says(
                page.locator("[data-fact=gigaMacs]").innerText(), jobs().sum("/receipt/gigaMacs"));
        Shown.says(
                money(page.locator("[data-fact=money]").innerText()), seconds / 3600 * WORKER_HOUR);
        Shown.says(
                money(page.locator("[data-fact=full-depth]").innerText()),
                quality().at("/fixed/5/cost/money").asDouble());

        page.locator("input[name=by][value=pointer]").check();
        Locator third = page.locator("[data-group='3']");
        List<JsonNode> atThree =
                jobs().all().stream()
                        .filter(job -> Math.round(job.at("/receipt/meanPointer").asDouble()) == 3)
                        .toList();
        assertThat(third.locator("[data-column=images]")).hasText(Integer.toString(atThree.size()));
        Shown.says(
                third.locator("[data-column=gigaMacs]").innerText(),
                atThree.stream().mapToDouble(job -> job.at("/receipt/gigaMacs").asDouble()).sum());
        page.locator("input[name=by][value=tenant]").check();
        assertThat(page.locator("[data-group='default'] [data-column=images]")).hasText("5");
        Chromium.keep(page, "costs", Screen.LAPTOP_LIGHT);
    }

    @Test
    void costs_that_are_not_known_yet_are_not_none_and_what_is_free_has_no_shares() {
        ObjectNode costs = site.api("/v1/costs").deepCopy();
        ObjectNode total = (ObjectNode) costs.path("total");
        ((ObjectNode) total.put("money", 0).path("fullDepth")).put("money", 0);
        total.path("fixed").forEach(at -> ((ObjectNode) at).put("money", 0));
        costs.put("heldSince", costs.path("to").asText());
        ObjectNode behind = costs.deepCopy().put("complete", false);
        ((ObjectNode) behind.path("total")).put("images", 0);
        AtomicReference<ObjectNode> told = new AtomicReference<>(behind);
        Page page = browser.page(Screen.LAPTOP_LIGHT);
        page.route("**/v1/costs?*", route -> route.fulfill(json(told.get())));

        site.open(page, "/costs");

        assertThat(page.getByText("is not known yet")).isVisible();
        assertThat(page.getByText("still reads what was before")).isVisible();
        told.set(costs);
        assertThat(page.locator("[data-fact=images]")).hasText("5");
        assertThat(page.getByText("is not known any more")).isVisible();
        assertThat(page.locator("main")).not().containsText("NaN");
    }

    private static Page open(Screen screen) {
        return open(browser.page(screen));
    }

    private static Page open(Page page) {
        site.open(page, "/quality");
        page.locator(".frontier svg").waitFor();
        page.locator("input[name=task][value=denoise]").check();
        return page;
    }

    /** As if the images of the threshold had run with half of it too, at half the cost. */
    private static JsonNode withLowerThreshold(JsonNode quality) {
        for (JsonNode model : quality.path("models")) {
            if (model.path("adaptive") instanceof ArrayNode ran && !ran.isEmpty()) {
                ObjectNode lower = ran.get(0).deepCopy();
                lower.put("threshold", lower.path("threshold").asDouble() / 2);
                ObjectNode cost = (ObjectNode) lower.at("/traffic/cost");
                cost.put("gigaMacs", cost.path("gigaMacs").asDouble() / 2);
                ran.insert(0, lower);
            }
        }
        return quality;
    }

    private static Route.FulfillOptions json(JsonNode body) {
        return new Route.FulfillOptions()
                .setContentType("application/json")
                .setBody(body.toString());
    }

    private static Job submit(byte[] image, Depth depth) {
        return site.client()
                .submit(Submission.of(site.client().input(image), Site.DENOISER, depth));
    }

    private static ToldJobs jobs() {
        return ToldJobs.of(site);
    }

    private static JsonNode quality() {
        for (JsonNode model : site.api("/v1/quality").path("models")) {
            if (model.path("name").asText().equals(Site.DENOISER)) {
                return model;
            }
        }
        throw new AssertionError("The model is not told of");
    }

    private static double number(Locator mark, String attribute) {
        return Double.parseDouble(mark.getAttribute(attribute));
    }

    private static String cell(Page page, String unit, String side) {
        return page.locator("[data-unit=" + unit + "] [data-side=" + side + "]").innerText();
    }

    private static String money(String text) {
        assertThat(text).endsWith(" USD");
        return text.substring(0, text.length() - 4);
    }
}

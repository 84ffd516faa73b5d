package io.flexir.ops.local.web;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import static io.flexir.ops.local.web.SubmitForm.PATIENCE_MILLIS;
import static io.flexir.ops.local.web.SubmitForm.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.FilePayload;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

@Tag("full")
class SubmitPageTest {
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
    void a_key_is_asked_for_refused_and_taken_and_is_in_no_address() {
        Page page = browser.page(Screen.LAPTOP_LIGHT);
        page.navigate(site.address().toString());
        page.getByLabel("API key").waitFor();
        Chromium.keep(page, "gate", Screen.LAPTOP_LIGHT);

        page.getByLabel("API key").fill("flexir_of_nobody");
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.ALERT)).containsText("does not know this key");
        page.getByLabel("API key").fill(site.key());
        page.keyboard().press("Enter");
        assertThat(page.locator("h1")).hasText("Submit");

        assertThat(page.locator(".tenant")).hasText(site.api("/v1/tenant").path("name").asText());
        assertThat(browser.asked()).isNotEmpty().noneMatch(url -> url.contains("flexir_"));
        page.getByText("Forget key").click();
        page.reload();
        assertThat(page.getByLabel("API key")).isVisible();
    }

    @Test
    void a_photo_costs_what_was_said_before_and_becomes_the_job_that_was_asked_for() {
        Page page = browser.page(Screen.LAPTOP_LIGHT);
        site.open(page, "/submit");
        NoisyPhoto photo = NoisyPhoto.of("dog", 320, 256);

        page.setInputFiles("#files", file("dog.png", photo.png()));
        page.selectOption("#model", Site.DENOISER);
        page.locator("input[value=fixed]").check();
        page.locator("#pointer").fill("3");
        double macs =
                site.model(Site.DENOISER).at("/pointers/2/macsPerPixel").asDouble() * 320 * 256;
        assertThat(page.locator("[data-estimate=pointer]")).hasText("3");
        page.locator("input[value=automatic]").check();
        assertThat(page.locator("[data-estimate=pointer]")).not().hasText("3");
        page.locator("input[value=fixed]").check();
        assertThat(page.locator("[data-estimate=pointer]")).hasText("3");
        Shown.says(page.locator("[data-estimate=gigaMacs]").innerText(), macs / 1e9);
        JsonNode told =
                site.post(
                        "/v1/estimates",
                        """
                        {"model": "%s", "depth": {"kind": "fixed", "pointer": 3},
                         "imageSize": {"width": 320, "height": 256}}"""
                                .formatted(Site.DENOISER));
        Shown.says(page.locator("[data-estimate=psnr]").innerText(), told.path("psnr").asDouble());
        assertThat(page.locator("[data-estimate=money]"))
                .containsText(told.path("currency").asText());
        assertThat(page.locator("[data-estimate=done]")).containsText("s");
        Chromium.keep(page, "submit", Screen.LAPTOP_LIGHT);
        SubmitForm.restore(page);

        JsonNode job = site.api("/v1/jobs/" + SubmitForm.openResult(page));
        assertThat(job.path("model").asText()).isEqualTo(Site.DENOISER);
        assertThat(job.path("depth").toString()).isEqualTo("{\"kind\":\"fixed\",\"pointer\":3}");
        assertThat(job.at("/receipt/meanPointer").asDouble()).isEqualTo(3);
        assertThat(job.at("/receipt/bytesIn").asLong()).isEqualTo(photo.png().length);
    }

    @Test
    void photos_of_two_sizes_are_done_when_one_question_for_both_says_and_may_miss_a_deadline() {
        await().until(() -> doneIn(320, 256, 1) > 0);
        double larger = doneIn(320, 256, 1);
        // As many pixels as 320 x 256 and 192 x 256 have together.
        double both = doneIn(256, 256, 2);
        assertThat(both).isGreaterThan(larger);
        Page page = browser.page(Screen.LAPTOP_LIGHT);
        site.open(page, "/submit");

        page.setInputFiles(
                "#files",
                new FilePayload[] {
                    file("larger.png", NoisyPhoto.of("dog", 320, 256).png()),
                    file("smaller.png", NoisyPhoto.of("dog", 192, 256).png())
                });
        page.selectOption("#model", Site.DENOISER);
        page.locator("input[value=fixed]").check();
        page.locator("#pointer").fill("3");
        page.locator("#deadline").fill(Double.toString((larger + both) / 2));

        assertThat(page.getByText("The deadline may be missed.")).isVisible();
        Shown.says(page.locator("[data-estimate=done]").innerText(), both);
        double macs =
                site.model(Site.DENOISER).at("/pointers/2/macsPerPixel").asDouble() * 2 * 256 * 256;
        Shown.says(page.locator("[data-estimate=gigaMacs]").innerText(), macs / 1e9);
    }

    @Test
    void a_photo_that_is_read_while_another_is_left_out_is_not_lost() {
        Page page = browser.page(Screen.LAPTOP_LIGHT);
        site.open(page, "/submit");
        byte[] png = NoisyPhoto.of("dog", 64, 64).png();
        page.setInputFiles("#files", file("first.png", png));
        page.getByLabel("Leave first.png out").waitFor();
        Decoding.hold(page);

        page.setInputFiles("#files", file("second.png", png));
        page.getByLabel("Leave first.png out").click();
        Decoding.goOn(page);

        assertThat(page.locator(".photos li")).hasCount(1);
        assertThat(page.locator(".photos")).containsText("second.png");
    }

    @Test
    void a_photo_that_is_read_after_its_page_was_left_says_nothing() {
        Page page = browser.page(Screen.LAPTOP_LIGHT);
        site.open(page, "/submit");
        Decoding.hold(page);
        page.setInputFiles("#files", file("late.png", NoisyPhoto.of("dog", 64, 64).png()));
        page.locator("#tabs").getByText("Jobs").click();
        assertThat(page.locator("#announcer")).containsText("Jobs");

        Decoding.goOn(page);

        assertThat(page.locator("#announcer")).containsText("Jobs");
    }

    @Test
    void all_terms_of_the_form_are_those_of_the_job() {
        Page page = browser.page(Screen.PHONE_DARK);
        site.open(page, "/submit");

        page.setInputFiles("#files", file("dog.png", NoisyPhoto.of("dog", 64, 64).png()));
        page.selectOption("#model", Site.DENOISER);
        page.locator("input[value=adaptive]").check();
        page.selectOption("#rule", "payoff");
        page.locator("#threshold").fill("");
        assertThat(page.getByText("Adaptive depth needs a threshold.")).isVisible();
        page.locator("#threshold").fill("0.7");
        page.locator("#deadline").fill("90");
        page.getByText("More", new Page.GetByTextOptions().setExact(true)).click();
        page.locator("#floor").fill("2");
        page.locator("#target").fill("5");
        page.selectOption("#priority", "interactive");
        page.selectOption("#on-miss", "late");
        page.selectOption("#output", "jpeg");
        Chromium.keep(page, "submit", Screen.PHONE_DARK);
        SubmitForm.restore(page);

        JsonNode job = site.api("/v1/jobs/" + SubmitForm.openResult(page));
        assertThat(job.path("depth").toString())
                .isEqualTo("{\"kind\":\"adaptive\",\"threshold\":0.7,\"rule\":\"payoff\"}");
        assertThat(job.path("floor").asInt()).isEqualTo(2);
        assertThat(job.path("target").asInt()).isEqualTo(5);
        assertThat(job.path("priority").asText()).isEqualTo("interactive");
        assertThat(job.path("onMiss").asText()).isEqualTo("late");
        assertThat(job.at("/output/container").asText()).isEqualTo("jpeg");
        assertThat(job.at("/receipt/contentType").asText()).isEqualTo("image/jpeg");
        long seconds =
                Duration.between(
                                Instant.parse(job.path("createdAt").asText()),
                                Instant.parse(job.path("deadline").asText()))
                        .toSeconds();
        assertThat(seconds).isBetween(89L, 90L);
    }

    @Test
    void two_photos_are_followed_the_others_asked_about_and_all_forgotten_with_the_key() {
        Page page = browser.page(Screen.LAPTOP_LIGHT);
        Set<String> followed = new HashSet<>();
        // Streams that never say anything.
        page.route("**/v1/jobs/*/events", route -> followed.add(route.request().url()));
        site.open(page, "/submit");
        byte[] png = NoisyPhoto.of("dog", 64, 64).png();

        page.setInputFiles(
                "#files",
                Stream.of("1.png", "2.png", "3.png", "4.png", "5.png")
                        .map(name -> file(name, png))
                        .toArray(FilePayload[]::new));
        page.selectOption("#model", Site.DENOISER);
        page.getByText("Restore 5 photos").click();
        assertThat(page.getByText("See before and after"))
                .hasCount(3, new LocatorAssertions.HasCountOptions().setTimeout(PATIENCE_MILLIS));
        assertThat(followed).hasSize(2);

        page.getByText("Forget key").click();
        page.getByLabel("API key").fill(site.key());
        page.keyboard().press("Enter");
        assertThat(page.getByText("Nothing sent yet")).isVisible();
    }

    @Test
    void a_photo_past_what_fits_into_a_request_goes_to_the_store_and_is_restored_if_tried_again() {
        Page page = browser.page(Screen.LAPTOP_DARK);
        AtomicBoolean lost = new AtomicBoolean();
        page.route(
                "**/v1/jobs",
                route -> {
                    if ("POST".equals(route.request().method()) && !lost.getAndSet(true)) {
                        route.fetch();
                        route.abort();
                    } else {
                        route.resume();
                    }
                });
        site.open(page, "/submit");
        byte[] png = NoisyPhoto.of("dog", 1728, 1728).png();
        assertThat(png.length).isGreaterThan(8 << 20);

        page.setInputFiles("#files", file("large.png", png));
        page.selectOption("#model", Site.DENOISER);
        page.locator("input[value=fixed]").check();
        page.locator("#pointer").fill("1");
        SubmitForm.restore(page);
        page.getByText("Try again").click(new Locator.ClickOptions().setTimeout(PATIENCE_MILLIS));

        JsonNode job = site.api("/v1/jobs/" + SubmitForm.openResult(page));
        assertThat(job.at("/receipt/bytesIn").asLong()).isEqualTo(png.length);
        assertThat(browser.asked())
                .anyMatch(
                        url ->
                                url.startsWith(
                                        site.stack().infrastructure().store().endpoint()
                                                + "/flexir/uploads/"));
    }

    @Test
    void what_is_no_image_is_refused_in_words() {
        Page page = browser.page(Screen.LAPTOP_LIGHT);
        site.open(page, "/submit");
        byte[] noise = new byte[5000];
        new Random(1).nextBytes(noise);

        byte[] photo = NoisyPhoto.of("dog", 64, 64).png();
        page.setInputFiles(
                "#files", new FilePayload[] {file("noise.png", noise), file("dog.png", photo)});
        assertThat(page.getByText("1 photo is not counted: its size is not known.")).isVisible();
        page.getByLabel("Leave dog.png out").click();
        SubmitForm.restore(page);

        Locator card = page.locator(".submission").first();
        assertThat(card.locator(".state-chip, .state.error").first()).isVisible();
        assertThat(card.locator(".note.bad, .state.error").first())
                .containsText(
                        "image",
                        new LocatorAssertions.ContainsTextOptions()
                                .setIgnoreCase(true)
                                .setTimeout(PATIENCE_MILLIS));
        Chromium.keep(page, "submit-refused", Screen.LAPTOP_LIGHT);
    }

    private static double doneIn(int width, int height, int images) {
        JsonNode told =
                site.post(
                        "/v1/estimates",
                        """
                        {"model": "%s", "depth": {"kind": "fixed", "pointer": 3}, "images": %d,
                         "imageSize": {"width": %d, "height": %d}}"""
                                .formatted(Site.DENOISER, images, width, height));
        return told.at("/seconds/most").asDouble();
    }
}

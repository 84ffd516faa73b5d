package io.flexir.ops.local.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;

import io.flexir.contracts.request.Depth;
import io.flexir.ops.local.client.Job;
import io.flexir.ops.local.client.Submission;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Every page by the rules of axe-core (WCAG 2.2 A and AA, and good practice), and by keyboard. */
@Tag("full")
class AccessibilityTest {
    private static final String RUN =
            """
            async () => (await axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}))
              .violations.map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ') + ' (' + n.failureSummary + ')').join('; '))
            """;

    private static Site site;
    private static Chromium browser;
    private static String job;

    @BeforeAll
    static void start() {
        browser = Chromium.start();
        site = Site.start();
        Job submitted =
                site.client()
                        .submit(
                                Submission.of(
                                        Submission.Input.inline(
                                                NoisyPhoto.of("city", 384, 256).png()),
                                        Site.DENOISER,
                                        new Depth.Adaptive(1.0)));
        site.client().follow(submitted.id(), change -> {});
        job = submitted.id();
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

    @ParameterizedTest
    @EnumSource(Screen.class)
    void no_page_breaks_a_rule(Screen screen) throws IOException {
        Map<String, String> routes =
                Map.of(
                        "/submit",
                        "#model",
                        "/jobs",
                        "tr[data-job]",
                        "/jobs/" + job,
                        ".viewer",
                        "/fleet",
                        "[data-worker]",
                        "/quality",
                        ".frontier svg",
                        "/experiments",
                        "#experiment-name",
                        "/costs",
                        "[data-fact=money]");
        List<String> broken = new ArrayList<>();
        Page page = browser.page(screen);

        for (Map.Entry<String, String> route : routes.entrySet()) {
            site.open(page, route.getKey());
            page.locator(route.getValue()).first().waitFor();
            if (route.getValue().equals(".viewer")) {
                page.getByLabel("Map of exits", new Page.GetByLabelOptions().setExact(true))
                        .check();
            }
            page.evaluate(axe());
            if (page.evaluate(RUN) instanceof List<?> violations) {
                violations.forEach(each -> broken.add(route.getKey() + " " + each));
            }
            String name = route.getKey().substring(1).replaceFirst("^jobs/.*", "job");
            Chromium.keep(page, "axe-" + name, screen);
        }

        assertThat(broken).isEmpty();
    }

    @Test
    void nothing_is_wider_than_a_phone() {
        Page page = browser.page(Screen.PHONE_LIGHT);
        for (String route :
                List.of(
                        "submit",
                        "jobs",
                        "jobs/" + job,
                        "fleet",
                        "quality",
                        "experiments",
                        "costs")) {
            site.open(page, "/" + route);
            // Not the first of all: a table of regions is there and folded away.
            page.locator(".panel:visible, table:visible").first().waitFor();

            assertThat(page.evaluate("document.documentElement.scrollWidth"))
                    .as(route)
                    .isEqualTo(390);
        }
    }

    @Test
    void a_photo_can_be_judged_without_a_mouse() {
        Page page = browser.page(Screen.LAPTOP_LIGHT);
        site.open(page, "/jobs");
        page.locator("tr[data-job] a").first().waitFor();

        tabTo(page, "document.activeElement.closest('tr[data-job]') !== null");
        page.keyboard().press("Enter");
        page.locator(".viewer").waitFor();
        assertThat(page.evaluate("document.activeElement.tagName")).isEqualTo("H1");
        tabTo(page, "document.activeElement.classList.contains('wipe')");
        page.keyboard().press("ArrowRight");
        page.keyboard().press("ArrowRight");

        assertThat(page.locator(".wipe").inputValue()).isEqualTo("52");
        tabTo(page, "document.activeElement.id === 'show-exits'");
        page.keyboard().press("Space");
        assertThat(page.locator(".exits").isVisible()).isTrue();
    }

    private static void tabTo(Page page, String there) {
        for (int i = 0; i < 60; i++) {
            if (Boolean.TRUE.equals(page.evaluate(there))) {
                return;
            }
            page.keyboard().press("Tab");
        }
        throw new AssertionError("not reached by Tab: " + there);
    }

    private static String axe() throws IOException {
        try (InputStream script =
                Objects.requireNonNull(
                        AccessibilityTest.class.getResourceAsStream("/axe.min.js"))) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

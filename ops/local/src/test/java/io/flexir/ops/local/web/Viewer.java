package io.flexir.ops.local.web;

import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Page;

import io.flexir.ops.local.quality.ImageFiles;
import io.flexir.ops.local.quality.RgbImage;

import java.io.IOException;
import java.time.Duration;

/** Before and after on the page of a job. */
final class Viewer {
    private static final String PICTURES_ARE_THERE =
            "[...document.querySelectorAll('.stage img')].every(i => i.complete && i.naturalWidth > 0)";

    private static final String CLOCK_AHEAD =
            """
            const Real = Date;
            const ahead = 1e12;
            window.Date = class extends Real {
              constructor(...given) {
                super(...(given.length > 0 ? given : [Real.now() + ahead]));
              }
              static now() {
                return Real.now() + ahead;
              }
            };
            """;

    private Viewer() {}

    /** Before a page is opened: whoever looks has a clock that is years ahead. */
    static void setClockAhead(Page page) {
        page.addInitScript(CLOCK_AHEAD);
    }

    static void awaitPictures(Page page) {
        page.locator(".viewer").waitFor();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> page.evaluate(PICTURES_ARE_THERE).equals(true));
    }

    static void wipe(Page page, int percent) {
        page.locator(".wipe").fill(Integer.toString(percent));
    }

    /** Mean difference from the middle of what is seen, in levels. */
    static double difference(Page page, RgbImage image) throws IOException {
        int side = 160;
        int left = 120;
        int top = 60;
        page.locator(".frame").evaluate("frame => frame.scrollTo(0, 0)");
        var box = page.locator(".stage").boundingBox();
        RgbImage seen =
                ImageFiles.decode(
                        page.screenshot(
                                new Page.ScreenshotOptions()
                                        .setClip(box.x + left, box.y + top, side, side)));
        double sum = 0;
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side * RgbImage.CHANNELS; x++) {
                int shown = seen.sample(y * side * RgbImage.CHANNELS + x);
                int real = image.sample(((top + y) * image.width() + left) * RgbImage.CHANNELS + x);
                sum += Math.abs(shown - real);
            }
        }
        return sum / (side * side * RgbImage.CHANNELS);
    }
}

package io.flexir.ops.local.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Debian's Chromium. What a page's scripts complain of is kept, and fails {@link #close}. */
final class Chromium implements AutoCloseable {
    private static final Path EXECUTABLE = Path.of("/usr/bin/chromium");

    /** For a machine that has other things to do. */
    private static final double PATIENCE_MILLIS = 60_000;

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");

    /** The browser's own words for an answer that was no success; tests provoke some. */
    private static final String REFUSED = "Failed to load resource";

    private final Playwright playwright;
    private final Browser browser;
    private final List<String> complaints = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    static Chromium start() {
        boolean present = Files.isExecutable(EXECUTABLE);
        assumeTrue(
                present || Boolean.getBoolean("flexir.ci"),
                "no " + EXECUTABLE + ": apt-get install chromium");
        assertThat(present).as(EXECUTABLE + " (apt-get install chromium)").isTrue();
        Playwright playwright =
                Playwright.create(
                        new Playwright.CreateOptions()
                                .setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
        Browser browser =
                playwright
                        .chromium()
                        .launch(
                                new BrowserType.LaunchOptions()
                                        .setExecutablePath(EXECUTABLE)
                                        // As root, which a build machine may be.
                                        .setArgs(List.of("--no-sandbox")));
        return new Chromium(playwright, browser);
    }

    Page page(Screen screen) {
        BrowserContext context = browser.newContext(screen.options());
        context.setDefaultTimeout(PATIENCE_MILLIS);
        Page page = context.newPage();
        page.onPageError(error -> complaints.add(error));
        page.onConsoleMessage(
                message -> {
                    if (message.type().equals("error") && !message.text().startsWith(REFUSED)) {
                        complaints.add(message.text());
                    }
                });
        page.onRequest(request -> asked.add(request.url()));
        return page;
    }

    /** Every address that any page has asked for. */
    List<String> asked() {
        return List.copyOf(asked);
    }

    /** Keeps what the page looks like, as output of the build. */
    static void keep(Page page, String name, Screen screen) {
        page.screenshot(
                new Page.ScreenshotOptions()
                        .setPath(SCREENSHOTS.resolve(name + "-" + screen.word() + ".png")));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
        assertThat(complaints).as("errors in the browser's console").isEmpty();
    }
}

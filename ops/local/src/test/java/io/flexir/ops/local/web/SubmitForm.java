package io.flexir.ops.local.web;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;

/** What is done on the page Submit, whatever is sent. */
final class SubmitForm {
    static final int PATIENCE_MILLIS = 120_000;

    private SubmitForm() {}

    static FilePayload file(String name, byte[] bytes) {
        return new FilePayload(name, "image/png", bytes);
    }

    static void restore(Page page) {
        page.getByText("Restore", new Page.GetByTextOptions().setExact(true)).click();
    }

    /** Waits for the result and opens it; the job's id. */
    static String openResult(Page page) {
        page.getByText("See before and after")
                .click(new Locator.ClickOptions().setTimeout(PATIENCE_MILLIS));
        page.waitForURL("**/#/jobs/*");
        return page.url().substring(page.url().lastIndexOf('/') + 1);
    }
}
